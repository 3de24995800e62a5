// SPDX-License-Identifier: Apache-2.0

/// The types of line in the stream.
package enum LineType: String, Sendable, CaseIterable {
    /// A source has started: what it will do.
    case runStarted = "run_started"
    /// What one scenario did in one interval.
    case snapshot
    /// One iteration.
    case iteration
    /// One OpenTelemetry span.
    case span
    /// One log record.
    case log
    /// Something happened to the run.
    case event
    /// A source has ended: its totals, and the proof that nothing is missing.
    case runEnded = "run_ended"
    /// An interval merged over sources.
    case aggregate
    /// The final merged figures and the verdict.
    case summary
}
