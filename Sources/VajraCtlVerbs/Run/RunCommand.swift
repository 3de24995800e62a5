// SPDX-License-Identifier: Apache-2.0

import VajraStream
import VajraRunPlan
package import ArgumentParser
import VajraAggregate
import VajraCLI
import VajraExportFiles
import VajraLive
import VajraModel
import VajraSystem

/// `vajra-ctl run`: the whole job in one command.
package struct RunCommand: ParsableCommand {
    static let tool = "vajra-ctl"

    package static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Carry a config out: load, live view, report and files in one command.",
        discussion: """
            vajra-ctl run checkout.yaml
            vajra-ctl run checkout.yaml --threshold 'lag.p99 < 5ms' --label build=412
            vajra-ctl run checkout.yaml --json --no-files | jq .total.achieved_rate

            The run's files are report.txt, summary.json and what 'vajra-export files' writes.
            Ends with the run's own status, such as 0 passed, 3 plan not held, 99 threshold missed.
            \(MoreHelp.text(page: "vajra-ctl"))
            """)

    @Argument(
        help: ArgumentHelp("The config, YAML or JSON; - is standard input.", valueName: "config"),
        completion: .config)
    var config: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The run gets a folder in this one, named by its id.", valueName: "directory"),
        completion: .directory)
    var output = "vajra-runs"

    @Flag(help: "Keep no files.")
    var noFiles = false

    @Flag(help: "Print the report as one line of JSON.")
    var json = false

    @OptionGroup var choice: ScenarioChoice

    @OptionGroup var judged: ThresholdOptions

    @OptionGroup var course: CourseOptions

    @Option(
        help: ArgumentHelp(
            "The program that generates the load: a load tool of your own (vajra-gen).", valueName: "program",
            visibility: .rare),
        completion: .file())
    var generator: String?

    @Flag(name: .shortAndLong, help: "No live view on the terminal, and no word on where the files are.")
    var quiet = false

    @Flag(help: ArgumentHelp("No colour, whatever the terminal.", visibility: .rare))
    var noColor = false

    package init() {}

    package func validate() throws {
        if output.isEmpty { throw ValidationError("--output needs a directory; --no-files keeps none.") }
    }

    package func run() throws {
        if config != "-" {
            do throws(SystemError) {
                try FileDescriptor.checkReadable(config)
            } catch {
                throw ToolMessage.failure(RunCommand.tool, "\(error)", .noInput)
            }
        }
        let runID = course.runID.flatMap(RunID.init) ?? .new(at: ClockAnchor.take())
        let view = LiveView(isQuiet: quiet, noColor: noColor)
        let folder = noFiles ? nil : try makeFolder(runID, view)
        let follower = StreamFollower(tool: RunCommand.tool, aggregator: Aggregator(), view: view)
        let job: RunJob
        do throws(SystemError) {
            let signals = try ProcessSignals(watchesTerminal: true)
            job = RunJob(try startGenerator(runID), signals: signals, follower: follower, folder: folder)
        } catch {
            folder?.abandon()
            throw ToolMessage.failure(RunCommand.tool, "\(error); --generator names another program", .unavailable)
        }
        let (end, wasCut) = job.follow()
        guard !follower.aggregator.isEmpty else {
            folder?.abandon()
            throw statusWithoutRun(end)
        }
        let summary = follower.aggregator.summary()
        let losses = folder?.finish(summary, wasCut: wasCut) ?? []
        for loss in losses { ToolMessage.error(RunCommand.tool, loss) }
        try SummaryOutput.print(summary, by: RunCommand.tool, asJSON: json, noColor: noColor)
        if losses.isEmpty { SummaryOutput.explain(summary, by: RunCommand.tool) }
        if let folder, !quiet { ToolMessage.note(RunCommand.tool, "the run's files are in \(folder.path)") }
        throw ToolMessage.exit(losses.isEmpty ? summary.exitStatus : .inputOutput)
    }

    private func makeFolder(_ runID: RunID, _ view: LiveView?) throws -> RunFolder {
        do throws(FilesError) {
            return try RunFolder(in: output, runID: runID, toolVersion: ToolVersion.current) { reason in
                view?.makeRoom()
                ToolMessage.error(RunCommand.tool, reason)
            }
        } catch {
            guard case .occupied(let directory, _) = error else {
                throw ToolMessage.failure(RunCommand.tool, "\(error)", .inputOutput)
            }
            throw ToolMessage.failure(
                RunCommand.tool, "\(directory) holds a run already; give another --run-id, or another --output",
                .inputOutput)
        }
    }

    private func startGenerator(_ runID: RunID) throws(SystemError) -> GeneratorProcess {
        var arguments = ["run", config, "--run-id=\(runID)"] + choice.arguments + course.arguments
        arguments += judged.expressions.map { "--threshold=\($0)" }
        return try GeneratorProcess(
            program: generator ?? GeneratorProcess.beside("vajra-gen"), arguments: arguments,
            inheritsInput: config == "-")
    }

    /// The generator's own status, when it ended before there was a run.
    private func statusWithoutRun(_ end: ProcessEnd) -> ExitCode {
        switch end {
        case .exited(0):
            ToolMessage.failure(RunCommand.tool, "the generator wrote no line of a run", .runFailed)
        case .exited(let status): ExitCode(status)
        case .signalled(let number):
            ToolMessage.failure(
                RunCommand.tool, "signal \(number) ended the generator before there was a run", .runFailed)
        }
    }
}
