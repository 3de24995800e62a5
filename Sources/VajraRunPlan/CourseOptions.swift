// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraCLI
package import VajraEngine
package import VajraModel

/// The flags about a run as a whole, the same in every verb that begins a run: its identity, its lanes, its course.
package struct CourseOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The run's id (a new UUIDv7).", valueName: "id", visibility: .rare))
    package var runID: String?

    @Option(help: ArgumentHelp("The run's name in reports.", valueName: "name"))
    package var name: String?

    @Option(help: ArgumentHelp("A label of the run; repeat it.", valueName: "key=value"))
    package var label: [String] = []

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

    package init() {}

    /// Refuses impossible values before anything is done.
    package func validate() throws {
        if let runID, RunID(runID) == nil {
            throw ValidationError("--run-id '\(runID)': use 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        if let lanes, !(1...1024).contains(lanes) { throw ValidationError("--lanes must be 1 to 1024.") }
        if let snapshotEvery, snapshotEvery < .milliseconds(10) {
            throw ValidationError("--snapshot-every must be at least 10ms.")
        }
        if let drain, drain < .zero { throw ValidationError("--drain must not be negative.") }
        for pair in label where pair.cut(at: "=") == nil {
            throw ValidationError("--label '\(pair)': write KEY=VALUE.")
        }
    }

    /// The same flags as arguments of another process, without the run's id.
    package var arguments: [String] {
        var all: [String] = []
        if let name { all += ["--name=\(name)"] }
        all += label.map { "--label=\($0)" }
        if let lanes { all += ["--lanes=\(lanes)"] }
        if precise { all += ["--precise"] }
        if iterations != .none { all += ["--iterations=\(iterations.rawValue)"] }
        if let snapshotEvery { all += ["--snapshot-every=\(snapshotEvery)"] }
        if let drain { all += ["--drain=\(drain)"] }
        return all
    }
}

extension IterationFilter: ExpressibleByArgument {}
