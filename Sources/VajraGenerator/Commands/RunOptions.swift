// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
package import VajraCLI
import VajraConfig
package import VajraEngine
package import VajraModel

/// The flags about the run itself: its identity, its share, its lanes, its stream.
package struct RunOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("The stream goes to a file or unix:PATH.", valueName: "where"),
        completion: .file())
    package var output = "-"

    @Option(help: ArgumentHelp("The run's id (a new UUIDv7).", valueName: "id", visibility: .rare))
    package var runID: String?

    @Option(help: ArgumentHelp("This process's name in the stream (host-pid).", valueName: "name", visibility: .rare))
    package var source: String?

    @Option(help: ArgumentHelp("The run's name in reports.", valueName: "name"))
    package var name: String?

    @Option(help: ArgumentHelp("A label of the run; repeat it.", valueName: "key=value"))
    package var label: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only share a of n of the plan, such as 2/5: n processes together are the very plan.", valueName: "a/n",
            visibility: .rare))
    package var segment = Segment.whole

    @Option(help: ArgumentHelp("Event-loop threads (one per processor).", valueName: "number", visibility: .rare))
    package var lanes: Int?

    @Flag(
        help: ArgumentHelp(
            "Spin before each start: less lag, up to a whole processor per lane.", visibility: .rare))
    package var precise = false

    @Option(help: ArgumentHelp("Iterations that get a line of their own.", valueName: "which"))
    package var iterations = IterationFilter.none

    @Option(help: ArgumentHelp("How often metrics are written (1s).", valueName: "duration", visibility: .rare))
    package var snapshotEvery: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "How long a stop waits for what is in flight (3s).", valueName: "duration", visibility: .rare))
    package var drain: TimeSpan?

    @Flag(name: .shortAndLong, help: "No live view on the terminal.")
    package var quiet = false

    @Flag(help: ArgumentHelp("No colour, whatever the terminal.", visibility: .rare))
    package var noColor = false

    @OptionGroup package var judged: ThresholdOptions

    package init() {}

    /// Refuses what no run can be made from, before anything is done.
    package func validate() throws {
        if let runID, RunID(runID) == nil {
            throw ValidationError("--run-id '\(runID)': use 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        if let source, source.isEmpty || source.utf8.count > 128 {
            throw ValidationError("--source must have 1 to 128 bytes.")
        }
        if let lanes, !(1...1024).contains(lanes) { throw ValidationError("--lanes must be 1 to 1024.") }
        if let snapshotEvery, snapshotEvery < .milliseconds(10) {
            throw ValidationError("--snapshot-every must be at least 10ms.")
        }
        if let drain, drain < .zero { throw ValidationError("--drain must not be negative.") }
        for pair in label where !pair.contains("=") { throw ValidationError("--label '\(pair)': write KEY=VALUE.") }
    }
}

extension IterationFilter: ExpressibleByArgument {}
