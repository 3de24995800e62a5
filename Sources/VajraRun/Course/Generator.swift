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

/// A run in this process from config to exit status: prepare → ready → start(at:) → finish. Each step is a call of its
/// own, so that the caller decides when the load begins.
package struct Generator {
    private let config: RunConfig
    private let settings: RunSettings
    private let requests: [String: HTTPTaskRequest]
    private let custom: CustomTask?

    /// - Parameter requests: The requests of the `http` tasks, by the names of their scenarios.
    package init(
        _ config: RunConfig, settings: RunSettings, requests: [String: HTTPTaskRequest] = [:], custom: CustomTask? = nil
    ) {
        self.config = config
        self.requests = requests
        self.settings = settings
        self.custom = custom
    }

    /// How far ahead of now the plan's instant 0 is, so that every lane learns of it in time: 20 ms.
    private static let lead: Int64 = 20_000_000

    /// Carries the run out as soon as it is ready. Writes errors to standard error, and returns the exit status.
    package func run() -> ExitStatus {
        do {
            let run = try prepare()
            if run.becomeReady() { run.start(at: Clock.now().advanced(byNanoseconds: Generator.lead)) }
            return run.finish()
        } catch {
            return fail("\(error.cause)", error.status)
        }
    }

    /// Why a run cannot be prepared, and the status to exit with.
    package struct Failure: Error {
        package let cause: any Error
        package let status: ExitStatus
    }

    /// Makes the plan, opens the stream and launches the lanes. No load is sent, and no task instance prepared.
    package func prepare() throws(Failure) -> PreparedRun {
        do {
            let description = try describe()
            let output: FileDescriptor
            do throws(SystemError) {
                output = try openOutput()
            } catch {
                guard case .unixSocket = settings.output else { throw error }
                throw Failure(cause: error, status: .unavailable)
            }
            return try prepare(description, output)
        } catch let error as Failure {
            throw error
        } catch let error as SystemError {
            throw Failure(cause: error, status: .inputOutput)
        } catch {
            throw Failure(cause: error, status: settings.faultStatus)
        }
    }

    /// On a terminal people want the report. The stream is for pipes and files, and for users who ask for it with `-o
    /// -`.
    private var showsReport: Bool { settings.output != .standard && FileDescriptor.standardOutput.isTerminal }

    /// Where the stream goes: nowhere, when the report takes its place on standard output.
    private func openOutput() throws(SystemError) -> FileDescriptor {
        if let output = settings.output { return try output.open() }
        return showsReport ? try .creating("/dev/null") : .standardOutput
    }

    /// In a pipeline the last tool draws, from this tool's stream. A terminal that shows the stream shows nothing else.
    private func makeView() -> LiveView? {
        let isStream = settings.output == nil || settings.output == .standard
        let isTerminal = settings.output == .standard && FileDescriptor.standardOutput.isTerminal
        let isTaken = isStream && (FileDescriptor.standardOutput.isPipe || isTerminal)
        return LiveView(isQuiet: settings.isQuiet || isTaken, noColor: settings.isColourRefused)
    }

    private func fail(_ text: String, _ status: ExitStatus) -> ExitStatus {
        ToolMessage.error(settings.tool, text)
        return status
    }

    private func describe() throws -> RunDescription {
        let lanes = settings.lanes ?? ProcessHealth.availableProcessors()
        let anchor = ClockAnchor.take()
        let runID = settings.runID ?? .new(at: anchor)
        let room = inFlightRoom(lanes: lanes)
        return RunDescription(
            config: config, settings: settings, runID: runID, source: settings.source ?? defaultSource(), lanes: lanes,
            scenarios: try config.scenarios.map { scenario throws(PlanError) in
                try ScenarioPlan(scenario, segment: settings.segment, lanes: lanes, room: room)
            }, anchor: anchor)
    }

    /// How many iterations of each scenario fit the limit on open files. Each counts as a connection, or as a process
    /// with two descriptors; the rest is for the generator itself.
    private func inFlightRoom(lanes: Int) -> Int {
        let files = Int(clamping: ProcessHealth.raiseFileLimit())
        let sharers = config.scenarios.reduce(0) { sum, scenario in
            guard scenario.hasUsualInFlight else { return sum }
            return switch scenario.task {
            case .http, .custom: sum + 1
            case .command: sum + 2
            case .none: sum
            }
        }
        return max(files / 2, files - 48 - 4 * lanes) / max(1, sharers)
    }

    private func defaultSource() -> String {
        let host = ProcessHealth.hostName()
        let share = settings.segment.count > 1 ? "-\(settings.segment.index)of\(settings.segment.count)" : ""
        return "\(host)\(share)-\(ProcessHealth.processID())"
    }

    private func prepare(_ description: RunDescription, _ output: FileDescriptor) throws -> PreparedRun {
        let view = makeView()
        let signals = try ProcessSignals(watchesTerminal: view != nil)
        let writer = try StreamWriter(
            output: output, anchor: description.anchor, runID: description.runID.description,
            source: description.source)
        let mailbox = try LaneMailbox()
        let lanes = try makeLanes(description, mailbox, writer)
        for lane in lanes { try lane.launch() }
        let coordinator = RunCoordinator(
            description, lanes: lanes, mailbox: mailbox, writer: writer, signals: signals, output: output,
            view: view, control: openControl(description.runID))
        return PreparedRun(description, coordinator, writer, signals, showsReport: showsReport)
    }

    private func makeLanes(
        _ description: RunDescription, _ mailbox: LaneMailbox, _ writer: StreamWriter
    ) throws -> [LaneRunner] {
        let factory = TaskFactory(
            custom: custom, requests: requests, runID: description.runID.description, filter: settings.iterations,
            log: { writer.append($0) })
        return try (0..<description.lanes).map { number in
            let lane = try Lane(number: number, isPrecise: settings.isPrecise)
            let runner = LaneRunner(
                lane: lane, mailbox: mailbox, interval: description.snapshotInterval.nanoseconds)
            for (index, plan) in description.scenarios.enumerated() where number < plan.lanes {
                try runner.add(index: index, name: plan.config.name) { onFinish in
                    try factory.make(plan, lane: lane, number: number, onFinish: onFinish)
                }
            }
            return runner
        }
    }

    /// Without a control socket the run goes on, but nobody can ask for its status.
    private func openControl(_ runID: RunID) -> ControlServer? {
        do throws(SystemError) {
            return try ControlServer(runID: runID.description, pid: ProcessHealth.processID())
        } catch {
            ToolMessage.warning(settings.tool, "no control socket, so that vajra-ctl cannot see this run: \(error)")
            return nil
        }
    }
}
