// SPDX-License-Identifier: Apache-2.0

import VajraControlSocket
import VajraRunPlan
package import VajraModel
package import VajraConfig
import VajraCLI
import VajraAggregate
import VajraEngine
import VajraLane
import VajraLive
import VajraPlan
import VajraReport
import VajraSystem
package import VajraTasks
import VajraWire

/// A run from config to exit status: plan → lanes → stream → judgement.
package struct Generator {
    private let config: RunConfig
    private let settings: RunSettings
    private let requests: [String: HTTPTaskRequest]
    private let custom: CustomTask?

    /// A run of the config in this process; `requests` has, by its scenario's name, what each `http` task sends.
    package init(
        _ config: RunConfig, settings: RunSettings, requests: [String: HTTPTaskRequest] = [:], custom: CustomTask? = nil
    ) {
        self.config = config
        self.requests = requests
        self.settings = settings
        self.custom = custom
    }

    /// Carries the run out. Says on standard error what goes wrong, and gives the status to exit with.
    package func run() -> ExitStatus {
        do {
            let description = try describe()
            let output: FileDescriptor
            do throws(SystemError) {
                output = try openOutput()
            } catch {
                if case .unixSocket = settings.output { return fail("\(error)", .unavailable) }
                throw error
            }
            return try run(description, output)
        } catch let error as PlanError {
            return fail("\(error)", settings.faultStatus)
        } catch let error as TaskError {
            return fail("\(error)", settings.faultStatus)
        } catch let error as SystemError {
            return fail("\(error)", .inputOutput)
        } catch {
            return fail("\(error)", settings.faultStatus)
        }
    }

    /// On a terminal people want the report; the stream is for pipes and files.
    private var showsReport: Bool { FileDescriptor.standardOutput.isTerminal }

    /// Where the stream goes: nowhere, when the report takes its place on standard output.
    private func openOutput() throws(SystemError) -> FileDescriptor {
        showsReport && settings.output == .standard ? try .creating("/dev/null") : try settings.output.open()
    }

    /// In a pipeline the last stage draws, from this one's stream.
    private func makeView() -> LiveView? {
        let isPiped = settings.output == .standard && FileDescriptor.standardOutput.isPipe
        return LiveView(isQuiet: settings.isQuiet || isPiped, noColor: settings.isColourRefused)
    }

    private func fail(_ text: String, _ status: ExitStatus) -> ExitStatus {
        ToolMessage.error(settings.tool, text)
        return status
    }

    private func describe() throws -> RunDescription {
        let lanes = settings.lanes ?? ProcessHealth.availableProcessors()
        let anchor = ClockAnchor.take()
        let runID = settings.runID ?? .new(at: anchor)
        return RunDescription(
            config: config, settings: settings, runID: runID, source: settings.source ?? defaultSource(), lanes: lanes,
            scenarios: try config.scenarios.map { scenario throws(PlanError) in
                try ScenarioPlan(scenario, segment: settings.segment, lanes: lanes)
            }, anchor: anchor)
    }

    private func defaultSource() -> String {
        let host = ProcessHealth.hostName()
        let share = settings.segment.count > 1 ? "-\(settings.segment.index)of\(settings.segment.count)" : ""
        return "\(host)\(share)-\(ProcessHealth.processID())"
    }

    private func run(_ description: RunDescription, _ output: FileDescriptor) throws -> ExitStatus {
        let view = makeView()
        let signals = try ProcessSignals(watchesTerminal: view != nil)
        ProcessHealth.raiseFileLimit()
        let writer = try StreamWriter(
            output: output, anchor: description.anchor, runID: description.runID.description,
            source: description.source)
        let mailbox = try LaneMailbox()
        let factory = TaskFactory(
            custom: custom, requests: requests, runID: description.runID.description, filter: settings.iterations,
            log: { writer.append($0) })
        var lanes: [LaneRunner] = []
        for number in 0..<description.lanes {
            let lane = try Lane(number: number, isPrecise: settings.isPrecise)
            let runner = LaneRunner(
                lane: lane, mailbox: mailbox, interval: description.snapshotInterval.nanoseconds)
            for (index, plan) in description.scenarios.enumerated() where number < plan.lanes {
                try runner.add(index: index, name: plan.config.name) { onFinish in
                    try factory.make(plan, lane: lane, number: number, onFinish: onFinish)
                }
            }
            lanes.append(runner)
        }
        for lane in lanes { try lane.launch() }
        let coordinator = RunCoordinator(
            description, lanes: lanes, mailbox: mailbox, writer: writer, signals: signals, output: output,
            view: view, control: openControl(description.runID))
        let end = coordinator.run()
        ChildProcess.killAll()
        return finish(end, coordinator.startLine, description, writer, signals)
    }

    /// A run goes on without: it cannot be asked how it stands then.
    private func openControl(_ runID: RunID) -> ControlServer? {
        do throws(SystemError) {
            return try ControlServer(runID: runID.description, pid: ProcessHealth.processID())
        } catch {
            ToolMessage.warning(settings.tool, "no control socket, so that vajra-ctl cannot see this run: \(error)")
            return nil
        }
    }

    /// After a signal the whole pipeline must be done within 5 s, whatever the reader does; else there is no hurry, until
    /// a signal comes.
    private func finish(
        _ end: RunEnded, _ started: RunStarted?, _ description: RunDescription, _ writer: StreamWriter,
        _ signals: ProcessSignals
    ) -> ExitStatus {
        var result = writer.close(within: end.reason == .completed ? 0 : 1_500_000_000)
        if end.reason == .completed {
            while result == .timedOut, signals.next() == nil { result = writer.close(within: 50_000_000) }
            if result == .timedOut { result = writer.close(within: 1_500_000_000) }
        }
        switch result {
        case .readerGone: return .readerGone
        case .failed(let reason):
            return fail("writing the stream: \(reason); the run's end is missing in it", .inputOutput)
        case .timedOut: return fail("the stream's reader did not take the end of the run in time", .inputOutput)
        case .delivered: return judge(end, started, description)
        }
    }

    private func judge(_ end: RunEnded, _ started: RunStarted?, _ description: RunDescription) -> ExitStatus {
        var aggregator = Aggregator(isPartial: true)
        var started = started
        // A share of a run is not judged by rules for the whole; vajra-agg does that, with all shares.
        if settings.segment != .whole { started?.thresholds = [] }
        for (index, body) in [started.map(LineBody.runStarted), .runEnded(end)].compactMap(\.self).enumerated() {
            let envelope = Envelope(
                runID: description.runID.description, source: description.source, sequence: UInt64(index + 1))
            _ = try? aggregator.take(envelope, body)
        }
        let summary = aggregator.summary()
        if showsReport {
            FileDescriptor.standardOutput.print(SummaryOutput.text(summary, noColor: settings.isColourRefused))
        }
        if end.reason == .failed { ToolMessage.error(settings.tool, end.message) }
        return summary.exitStatus
    }
}
