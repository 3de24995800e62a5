// SPDX-License-Identifier: Apache-2.0

package import VajraWire

/// How well the generator kept to the plan, so that a reader knows how far to trust the figures.
package struct Honesty: Sendable, Equatable {
    /// From best to worst; D means that the figures describe another load than the one that was asked for.
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
        var findings = scenarios.flatMap { Finding.plan($0.name, $0.figures) + Finding.pacing($0.name, $0.figures) }
        findings += Finding.processor(health)
        findings += Finding.output(health)
        let sorted = findings.enumerated().sorted { left, right in
            left.element.grade != right.element.grade
                ? left.element.grade > right.element.grade : left.offset < right.offset
        }
        grade = sorted.first?.element.grade ?? .a
        reasons = sorted.map(\.element.text)
    }
}
