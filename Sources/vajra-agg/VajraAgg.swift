// SPDX-License-Identifier: Apache-2.0

import VajraStream
import ArgumentParser
import VajraAggregate
import VajraCLI
import VajraLive
import VajraModel
import VajraReport
import VajraSystem

/// vajra-agg: merges any number of generators' streams into one report, and ends with the run's own status.
@main
enum Main {
    static func main() {
        ToolCommandLine.run(VajraAgg.self, tool: "vajra-agg")
    }
}

/// The whole command line of vajra-agg.
struct VajraAgg: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vajra-agg", abstract: "Merge load-test streams into one report.",
        discussion: """
            vajra-gen http http://127.0.0.1:8080/ --rate 500/s --for 30s | vajra-agg
            vajra-agg --json < raw.ndjson
            vajra-agg --threshold 'response_time.p99 < 250ms' --threshold 'failure_rate < 1%' raw.ndjson
            vajra-agg source1.ndjson source2.ndjson source3.ndjson
            """,
        version: ToolVersion.current)

    @Argument(
        help: ArgumentHelp(
            "Files, unix:PATH sockets to connect to, or - for standard input (the default).", valueName: "source"),
        completion: .stream)
    var sources: [String] = []

    @Flag(help: "Print the summary as one line of JSON.")
    var json = false

    @Flag(help: "No colour, whatever the terminal.")
    var noColor = false

    @Flag(name: .shortAndLong, help: "No live view on the terminal.")
    var quiet = false

    @Flag(help: "Only some shares of a run are meant to come (vajra-gen --segment).")
    var partial = false

    @OptionGroup var judged: ThresholdOptions

    func run() throws {
        if sources.isEmpty, FileDescriptor.standardInput.isTerminal {
            try ToolOutput.write("vajra-agg", VajraAgg.helpMessage() + "\n")
            throw ToolMessage.exit(.usage)
        }
        let thresholds = try judged.thresholds()
        let follower: StreamFollower
        var reader: StreamReader
        do throws(SystemError) {
            let view = LiveView(isQuiet: quiet, noColor: noColor)
            let signals = try ProcessSignals(watchesTerminal: view != nil)
            let aggregator = Aggregator(thresholds: thresholds, isPartial: partial)
            follower = StreamFollower(tool: "vajra-agg", aggregator: aggregator, view: view)
            reader = try StreamReader(opening: sources.isEmpty ? ["-"] : sources, signals: signals, into: follower)
        } catch {
            throw ToolMessage.failure("vajra-agg", "\(error)", .noInput)
        }
        reader.readAll()
        guard !follower.aggregator.isEmpty else {
            if let status = reader.interruption { throw ToolMessage.exit(status) }
            throw ToolMessage.failure(
                "vajra-agg", "the input holds no line of a run; pipe vajra-gen into it, or name its files", .noInput)
        }
        let summary = follower.aggregator.summary()
        try SummaryOutput.print(summary, by: "vajra-agg", asJSON: json, noColor: noColor)
        if reader.readFailure == nil { SummaryOutput.explain(summary, by: "vajra-agg") }
        throw ToolMessage.exit(reader.readFailure ?? summary.exitStatus)
    }
}
