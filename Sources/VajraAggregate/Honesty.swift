// SPDX-License-Identifier: Apache-2.0

package import VajraWire

/// How well the generator kept to the plan, so that a reader knows how far to trust the figures.
package struct Honesty: Sendable, Equatable {
    /// From best to worst; D means that the figures describe another load than the user asked for.
    package enum Grade: String, Sendable, Comparable, CaseIterable {
        /// The plan was held; the generator's own delays do not show.
        case a = "A"
        /// The plan was held with small delays.
        case b = "B"
        /// The generator's own delays are part of what was measured: look at the reasons.
        case c = "C"
        /// The plan was not held.
        case d = "D"

        /// Better first.
        package static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
    }

    /// The worst grade that any of the checks gives.
    package var grade: Grade
    /// What was found, worst first; what the grade rests on.
    package var reasons: [String]

    /// Grades the merged figures and the sources' health.
    package init(scenarios: [(name: String, figures: ScenarioFigures)], health: [Health]) {
        let processor = Finding.processor(health)
        let isMachineSlow = Finding.isLaneSlow(health)
        var findings = scenarios.flatMap { name, figures in
            let lateness = Finding.lateness(name, figures)
            let isSlow = isMachineSlow || lateness.contains { $0.grade >= .c }
            return Finding.plan(name, figures, isGeneratorSlow: isSlow) + Finding.limits(name, figures)
                + lateness.filter { $0.grade > .a } + Finding.share(name, figures)
        }
        findings += processor
        findings += Finding.output(health)
        grade = findings.map(\.grade).max() ?? .a
        reasons = findings.sentences
    }
}
