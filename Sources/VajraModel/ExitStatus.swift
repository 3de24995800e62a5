// SPDX-License-Identifier: Apache-2.0

/// The exit statuses of all VajraPulse tools; scripts rely on them (docs/wire-format.md and README.md name them).
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// The run did what its plan said, and passed.
    case passed = 0
    /// The run failed: no iteration succeeded, a task could not be set up, or the source ended with a failure.
    case runFailed = 1
    /// The generator could not hold the plan, so the figures describe another load than the user asked for.
    case planNotHeld = 3
    /// The command line was wrong (sysexits EX_USAGE).
    case usage = 64
    /// A line of input could not be read (EX_DATAERR).
    case badInput = 65
    /// An input file is missing, or the input held no run (EX_NOINPUT).
    case noInput = 66
    /// A target or receiver that the tool itself needs is unavailable (EX_UNAVAILABLE).
    case unavailable = 69
    /// Reading or writing failed: disk full, unreadable file (EX_IOERR).
    case inputOutput = 74
    /// The run config is invalid; no load was sent (EX_CONFIG).
    case badConfig = 78
    /// A threshold was missed.
    case thresholdMissed = 99
    /// Stopped by SIGHUP after a complete drain (128 + 1): the terminal was closed, or the connection to it was lost.
    case hungUp = 129
    /// Stopped by SIGINT after a complete drain (128 + 2).
    case interrupted = 130
    /// The reader of the tool's output went away (128 + 13, as by SIGPIPE).
    case readerGone = 141
    /// Stopped by SIGTERM after a complete drain (128 + 15).
    case terminated = 143

    /// The status of a tool that this signal stopped. SIGHUP (1) and SIGTERM (15) have their own; any other signal
    /// counts as SIGINT.
    package init(stoppedBy signal: Int32) {
        switch signal {
        case 1: self = .hungUp
        case 15: self = .terminated
        default: self = .interrupted
        }
    }
}
