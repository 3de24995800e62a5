// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraAggregate
import VajraCLI
import VajraLive
import VajraModel
import VajraReport
import VajraStream
import VajraSystem

/// `vajra-agg [merge] SOURCE…`: one report on the streams of one run.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Merge load-test streams into one report.",
        usage: "vajra-agg [merge] [<options>] [<source> ...]",
        discussion: """
            vajra-gen http http://127.0.0.1:8080/ --rate 500/s --for 30s | vajra-agg
            vajra-agg --json < raw.ndjson
            vajra-agg --threshold 'response_time.p99 < 250ms' --threshold 'failure_rate < 1%' raw.ndjson
            vajra-agg share1.ndjson share2.ndjson.gz
            vajra-agg vajra-runs/01937c2e-1111-7222-8333-444455556666

            Without a verb, vajra-agg merges. A file called merge or compare is ./merge or ./compare.
            """)

    @Argument(
        help: ArgumentHelp(
            "Files, folders of runs, unix:PATH sockets, or - for standard input (the default); gzip is read too.",
            valueName: "source"),
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

    @Flag(help: "Add up several runs, though they are not parts of one.")
    var mergeRuns = false

    @OptionGroup var judged: ThresholdOptions

    func validate() throws {
        guard let word = sources.first(where: VajraAgg.reservedWords.contains) else { return }
        throw ValidationError(
            "'\(word)' is a word of vajra-agg's own, and a verb stands first; a file of that name is ./\(word)")
    }

    func run() throws {
        if sources.isEmpty, FileDescriptor.standardInput.isTerminal {
            try ToolOutput.write("vajra-agg", MergeCommand.helpMessage() + "\n")
            throw ToolMessage.exit(.usage)
        }
        let thresholds = try judged.thresholds()
        let names = sources.isEmpty ? ["-"] : sources
        let follower: StreamFollower
        var reader: StreamReader
        do {
            let view = LiveView(isQuiet: quiet, noColor: noColor, thresholds: thresholds)
            let signals = try ProcessSignals(watchesTerminal: view != nil)
            let aggregator = Aggregator(thresholds: thresholds, isPartial: partial)
            follower = StreamFollower(tool: "vajra-agg", aggregator: aggregator, view: view)
            reader = try StreamReader(opening: names, signals: signals, into: follower)
        } catch {
            throw ToolMessage.failure("vajra-agg", "\(error)", .noInput)
        }
        reader.readAll(mergingRuns: mergeRuns)
        if !mergeRuns, let mixed = follower.mixedRuns { throw ToolMessage.failure("vajra-agg", mixed, .usage) }
        guard !follower.aggregator.isEmpty else { throw statusWithoutRun(reader, follower, names) }
        let summary = follower.aggregator.summary()
        try SummaryOutput.print(summary, by: "vajra-agg", asJSON: json, noColor: noColor)
        if reader.readFailure == nil { SummaryOutput.explain(summary, by: "vajra-agg") }
        throw ToolMessage.exit(reader.readFailure ?? summary.exitStatus)
    }

    /// The exit status when no line of a run has come; it says why first.
    private func statusWithoutRun(_ reader: StreamReader, _ follower: StreamFollower, _ names: [String]) -> ExitCode {
        if let status = reader.interruption { return ToolMessage.exit(status) }
        if let status = reader.readFailure { return ToolMessage.exit(status) }
        // A message about the source has come already.
        if follower.hasBadSource || reader.hasRemarks { return ToolMessage.exit(.noInput) }
        let cause = EmptyInput.reason(of: names, wanted: "no line of a run", tool: "vajra-agg")
        return ToolMessage.failure("vajra-agg", cause, .noInput)
    }
}
