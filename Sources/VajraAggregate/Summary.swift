// SPDX-License-Identifier: Apache-2.0

package import VajraModel
package import VajraWire

/// The final merged figures of a run, and the verdict on them.
package struct Summary: Sendable {
    /// How the run as a whole is judged.
    package enum Verdict: String, Sendable {
        /// It did what its plan said.
        case pass
        /// It failed: nothing succeeded, a source failed or is missing its end, input was damaged, a threshold was
        /// missed.
        case fail
        /// The generator could not hold the plan.
        case invalid
        /// It was stopped early; the figures cover what was done.
        case interrupted
    }

    /// One source, and whether all of it has come.
    package struct Source: Sendable {
        /// The source's run and name.
        package var key: SourceKey
        /// Whether its end and every line before it have come.
        package var isComplete: Bool
        /// Lines that it wrote and that have not come.
        package var gaps: UInt64
        /// Lines that came more than once, and were counted once.
        package var duplicates: UInt64
        /// Why it ended; nil when its end has not come.
        package var reason: EndReason?
        /// The signal that ended it; 0 when none did.
        package var signal: Int32
        /// What failed, in words.
        package var message: String
        /// Its share of the plan.
        package var segment: String
        /// How it fared.
        package var health: Health
        /// Its figures over all scenarios: counts and times, without histograms.
        package var figures: ScenarioFigures
    }

    /// One scenario's plan in words, each once; all sources of a run say the same.
    package struct Plan: Sendable, Equatable {
        /// What is put under load.
        package var targets: [String] = []
        package var loads: [String] = []

        package init() {}
    }

    /// Where, when and with what the figures were taken, as the sources say; each word once.
    package struct Context: Sendable {
        /// The earliest start of a source, microseconds since the Unix epoch; nil when none has come.
        package var startUnixMicroseconds: Int64?
        /// Tools with their versions, and machines.
        package var tools: [String] = []
        package var hosts: [String] = []
        package var labels: [(name: String, values: [String])] = []
        /// The plans by scenario.
        package var plans: [String: Plan] = [:]
    }

    /// The run's name and id; the first source's where there are several runs.
    package var name: String
    package var runID: String
    /// How many runs were merged.
    package var runCount: Int
    package var context: Context
    /// The longest load time of any scenario, nanoseconds.
    package var duration: Int64
    package var scenarios: [(name: String, figures: ScenarioFigures)]
    package var total: ScenarioFigures
    package var sources: [Source]
    package var honesty: Honesty
    /// The results of the thresholds, in the order in which the thresholds were given.
    package var thresholds: [ThresholdResult]
    /// Lines that could not be read.
    package var badLines: UInt64
    /// Lines of types that this build does not know.
    package var unknownLines: UInt64
    /// What the sources say that readers of the figures must know, one sentence each.
    package var notes: [String]
    /// What is wrong with the run, one sentence each.
    package var problems: [String]
    package var verdict: Verdict
    /// The status that the tool exits with.
    package var exitStatus: ExitStatus
    /// The first failure; nil without one.
    package var firstFailure: FirstFailure?
}
