// SPDX-License-Identifier: Apache-2.0

package import VajraAggregate
import VajraMetrics
import VajraModel

/// One line that says why a run ends with a status other than 0, for users who see no report.
package enum ReasonLine {
    /// The reason; nil for a run that has passed.
    ///
    /// - Parameter tool: The program's name, with which the line begins.
    package static func text(of summary: Summary, tool: String) -> String? {
        reason(of: summary).map { "\(tool): \(DisplayText.safe($0))\n" }
    }

    private static func reason(of summary: Summary) -> String? {
        switch summary.exitStatus {
        case .passed: nil
        case .thresholdMissed: "failed: \(missed(summary))"
        case .planNotHeld:
            "invalid: the generator could not hold the plan; \(summary.honesty.reasons.first ?? "its grade is D")"
        case .readerGone: "stopped: the reader of the stream went away"
        case .hungUp: "interrupted: SIGHUP; \(done(summary))"
        case .interrupted: "interrupted: SIGINT; \(done(summary))"
        case .terminated: "interrupted: SIGTERM; \(done(summary))"
        default: "failed: \(problem(summary))"
        }
    }

    private static func problem(_ summary: Summary) -> String {
        let first = summary.problems.first ?? "the run did not do what its plan said"
        let rest = summary.problems.count > 1 ? " (and \(summary.problems.count - 1) more)" : ""
        guard let failure = summary.firstFailure, summary.total.metrics.counts.succeeded == 0 else {
            return first + rest
        }
        return "\(first)\(rest); the first failure was \(failure.kind): \(failure.message)"
    }

    private static func missed(_ summary: Summary) -> String {
        let missed = summary.thresholds.filter { !$0.isPassed }
        guard let first = missed.first else { return "a threshold was missed" }
        let rest = missed.count > 1 ? ", and \(missed.count - 1) more" : ""
        return "threshold missed: \(ThresholdText.plain(first))\(rest)"
    }

    private static func done(_ summary: Summary) -> String {
        let counts = summary.total.metrics.counts
        return
            "\(TextColumns.grouped(counts.completed)) iterations completed, \(TextColumns.grouped(counts.inFlight)) given up"
    }
}
