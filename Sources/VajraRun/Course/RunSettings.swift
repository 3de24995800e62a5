// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
package import VajraEngine
package import VajraModel

/// The command line's settings beyond the config: this process's part in the run, and where its stream goes.
package struct RunSettings: Sendable {
    /// Where the stream goes.
    package enum Output: Sendable, Equatable {
        case standard
        /// A file, created or emptied.
        case file(String)
        /// A Unix socket that someone listens on.
        case unixSocket(String)
    }

    /// The program's name, for messages and `run_started`.
    package var tool = "vajra-gen"
    /// The run's id; nil for a new one.
    package var runID: RunID?
    /// This process's name in the stream; nil for host, segment and pid.
    package var source: String?
    /// This process's share of the plan.
    package var segment = Segment.whole
    /// How many lanes; nil for one per processor.
    package var lanes: Int?
    /// Whether lanes spin before a deadline.
    package var isPrecise = false
    /// Which iterations get a line of their own.
    package var iterations = IterationFilter.none
    /// Where the stream goes. Nil when the command line does not say: then it goes to standard output, or nowhere if
    /// that is a terminal, which shows the report instead.
    package var output: Output?
    /// The status of a run that cannot be made: the command line's fault, or the config's.
    package var faultStatus = ExitStatus.usage
    /// Where the config's values came from; nil where all of it is from flags.
    package var origins: ConfigOrigins?
    /// Whether the user has said how long a drain takes; then the end of the plan waits no longer either.
    package var isDrainGiven = false
    /// No live view on a terminal.
    package var isQuiet = false
    /// No colour on a terminal.
    package var isColourRefused = false

    package init() {}
}
