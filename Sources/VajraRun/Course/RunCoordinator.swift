// SPDX-License-Identifier: Apache-2.0

import VajraControlSocket
import VajraRunPlan
import VajraMetrics
import VajraLifecycle
import VajraConfig
import Glibc
import VajraEngine
import VajraLive
import VajraModel
import VajraSystem
import VajraWire

/// Drives one run from the main thread: it gives events to the state machine, and carries out its actions.
///
/// The load never waits for this thread. It sleeps in `poll` for all but a few milliseconds a second.
final class RunCoordinator {
    let description: RunDescription
    private let lanes: [LaneRunner]
    private let mailbox: LaneMailbox
    private let writer: StreamWriter
    private let signals: ProcessSignals
    private let events: EventPoll
    private let control: ControlServer?
    private(set) var machine: RunStateMachine
    private(set) var assembler: SnapshotAssembler
    private var meter = HealthMeter()
    private let view: LiveView?
    private var deadline = MonotonicInstant.distantFuture
    /// The plan's instant 0, and the line with it; nil before they are known.
    private(set) var start: MonotonicInstant?
    private(set) var startLine: RunStarted?
    private var stopped: MonotonicInstant?
    private var snapshotsUntil: Int64 = 0
    private var ending: RunStateMachine.Ending?
    private var readerIsGone = false
    private var silence = LaneSilence()
    /// The first failure's log line, as it is in the stream.
    private(set) var firstFailure: LogLine?

    init(
        _ description: RunDescription, lanes: [LaneRunner], mailbox: LaneMailbox, writer: StreamWriter,
        signals: ProcessSignals, output: FileDescriptor, view: LiveView?, control: ControlServer?
    ) {
        self.description = description
        self.lanes = lanes
        self.mailbox = mailbox
        self.writer = writer
        self.signals = signals
        self.view = view
        self.control = control
        events = EventPoll(
            signals: signals, mailbox: mailbox.wake.descriptor, streamFailure: writer.failure.descriptor,
            output: output)
        machine = RunStateMachine(
            lanes: lanes.count, drain: description.drain.nanoseconds, patience: description.patience?.nanoseconds)
        assembler = SnapshotAssembler(lanes: lanes.count, scenarios: description.scenarios.count)
    }

    // MARK: The course

    /// Lets the lanes prepare their task instances. True when all are ready, false when the run must end.
    func becomeReady() -> Bool {
        for lane in lanes { lane.initialize() }
        while machine.phase == .initializing { step() }
        return machine.phase == .ready
    }

    /// Starts the plans of all lanes: the instant is their instant 0.
    func start(at instant: MonotonicInstant) {
        start = instant
        perform(machine.started())
    }

    /// Carries the run on to its end, and gives the end as it was written to the stream.
    func finish() -> RunEnded {
        while ending == nil { step() }
        view?.close()
        return writeEnd(ending ?? .completed)
    }

    /// Waits for something to happen, and does what follows from it.
    private func step() {
        let happened = events.wait(
            until: min(deadline, view?.deadline ?? .distantFuture), control: control?.watched ?? [])
        while let number = signals.next() {
            if view?.take(signal: number) != true { perform(signalled(number)) }
        }
        if happened.hasMessage { for message in mailbox.receive() { perform(handle(message)) } }
        if happened.hasStreamEnd, !readerIsGone {
            readerIsGone = true
            perform(machine.readerGone())
        }
        if happened.hasControl { control?.serve { answer($0.request) } }
        if Clock.now() >= deadline {
            deadline = .distantFuture
            perform(machine.deadlinePassed())
        }
        // A stream that has ended stays readable in `poll`: wait for the lanes without it.
        if readerIsGone, ending == nil { waitForMessage() }
        view?.refresh()
    }

    private func waitForMessage() {
        var watched = pollfd(fd: mailbox.wake.descriptor, events: Int16(POLLIN), revents: 0)
        let left = deadline == .distantFuture ? 50 : max(0, deadline.nanoseconds(since: Clock.now()) / 1_000_000 + 1)
        _ = poll(&watched, 1, Int32(clamping: min(left, 50)))
    }

    // MARK: Events

    private func signalled(_ number: Int32) -> [RunStateMachine.Action] {
        writer.append(
            .event(
                EventLine(
                    timeUnixMicroseconds: unixMicroseconds(Clock.now()), name: "stopping",
                    attributes: [("signal", RunCoordinator.name(ofSignal: number))])))
        return machine.signalled(number)
    }

    private static func name(ofSignal number: Int32) -> String {
        switch number {
        case SIGHUP: "SIGHUP"
        case SIGTERM: "SIGTERM"
        default: "SIGINT"
        }
    }

    private func handle(_ message: LaneMessage) -> [RunStateMachine.Action] {
        switch message {
        case .initialized: return machine.laneInitialized(failure: nil)
        case .failed(let lane, let failures):
            let text = failures.map { "scenario \($0.scenario), lane \(lane): \($0.reason)" }.joined(separator: "; ")
            return machine.laneInitialized(failure: text)
        case .planEnded: return machine.lanePlanEnded()
        case .report(let report):
            take(report)
            return report.isFinal ? machine.laneFinished() : []
        case .tornDown: return machine.laneTornDown()
        }
    }

    private func perform(_ actions: [RunStateMachine.Action]) {
        for action in actions {
            switch action {
            // The caller decides when to start: ``start(at:)``.
            case .ready: break
            case .begin: begin()
            case .stop:
                if stopped == nil { stopped = Clock.now() }
                for lane in lanes { lane.stop() }
            case .abandon: for lane in lanes { lane.abandon() }
            case .tearDown: for lane in lanes { lane.teardown() }
            case .setDeadline(let time): deadline = Clock.now().advanced(byNanoseconds: time)
            case .finish(let ending): self.ending = ending
            }
        }
    }

    private func begin() {
        guard let anchor = start else { preconditionFailure("plans were started without an instant") }
        let started = description.started(startUnixMicroseconds: unixMicroseconds(anchor))
        startLine = started
        writer.append(.runStarted(started))
        view?.take(envelope, .runStarted(started))
        meter = HealthMeter()
        for lane in lanes { lane.begin(anchor: anchor) }
    }

    // MARK: Measurements

    private func take(_ report: LaneReport) {
        for (index, interval) in report.scenarios {
            let name = description.scenarios[index].config.name
            writer.append(interval.records, of: name, leftOut: interval.recordsDropped)
            for (kind, message) in interval.newFailures {
                let record = LogRecord(
                    severity: .warning, body: message ?? "an iteration failed", taskID: "\(name)/\(report.lane)",
                    attributes: [("kind", kind.rawValue)])
                writer.append(record)
                firstFailure =
                    firstFailure ?? LogLine(record, timeUnixMicroseconds: unixMicroseconds(Clock.now()))
            }
        }
        silence.reported(report.lane, report.tick)
        for interval in assembler.take(report, recycle: mailbox.recycle) {
            for lane in silence.told(by: interval, every: description.snapshotInterval.nanoseconds) {
                writer.append(
                    LogRecord(
                        severity: .warning,
                        body: "lane \(lane) stands still: something blocks its thread; what it records comes later",
                        taskID: ""))
            }
            write(interval, until: Int64(interval.tick + 1) * description.snapshotInterval.nanoseconds)
        }
    }

    private func write(_ interval: SnapshotAssembler.Interval, until nominalEnd: Int64) {
        guard let start else { return }
        let now = Clock.now().nanoseconds(since: start)
        let end = max(snapshotsUntil, min(nominalEnd, now))
        var health: Health? = meter.take(writer: writer, interval: interval, elapsed: end - snapshotsUntil)
        var snapshots: [Snapshot] = []
        for (index, scenario) in description.scenarios.enumerated() {
            snapshots.append(
                Snapshot(
                    scenario: scenario.config.name,
                    startUnixMicroseconds: unixMicroseconds(start.advanced(byNanoseconds: snapshotsUntil)),
                    endUnixMicroseconds: unixMicroseconds(start.advanced(byNanoseconds: end)),
                    targetRate: scenario.targetRate(at: max(0, end - 1)),
                    inFlight: assembler.totals[index].counts.inFlight, metrics: interval.metrics[index],
                    health: health))
            health = nil
        }
        snapshotsUntil = end
        if let view {
            for snapshot in snapshots { view.take(envelope, .snapshot(snapshot)) }
        }
        writer.append(snapshots)
    }

    /// The envelope of lines for the view, which ignores their numbers.
    private var envelope: Envelope {
        Envelope(runID: description.runID.description, source: description.source, sequence: 0)
    }

    // MARK: The end

    private func writeEnd(_ ending: RunStateMachine.Ending) -> RunEnded {
        if start == nil {
            let started = description.started(startUnixMicroseconds: unixMicroseconds(Clock.now()))
            startLine = started
            writer.append(.runStarted(started))
        }
        if let rest = assembler.takeRest() { write(rest, until: .max) }
        var end = RunEnded(
            reason: .completed, endUnixMicroseconds: unixMicroseconds(Clock.now()), scenarios: scenarioEnds(),
            health: meter.final(writer: writer))
        switch ending {
        case .completed: break
        case .signal(let number): (end.reason, end.signal) = (.interrupted, number)
        case .failed(let message): (end.reason, end.message) = (.failed, String(message.prefix(2000)))
        case .readerGone: end.reason = .readerGone
        }
        writer.append(.runEnded(end))
        return end
    }

    private func scenarioEnds() -> [RunEnded.Scenario] {
        description.scenarios.enumerated().map { index, scenario in
            guard let start else {
                return RunEnded.Scenario(
                    name: scenario.config.name, metrics: assembler.totals[index], loadTime: 0, plannedTime: 0)
            }
            let now = Clock.now().nanoseconds(since: start)
            let stop = stopped.map { max(0, $0.nanoseconds(since: start)) } ?? .max
            // A closed load may end before its time: with its last iteration.
            let length = scenario.duration?.nanoseconds ?? now
            let planned = min(scenario.isOpen ? length : min(length, now), stop)
            let last = assembler.lastStarts[index].map { $0.nanoseconds(since: start) } ?? 0
            return RunEnded.Scenario(
                name: scenario.config.name, metrics: assembler.totals[index], loadTime: max(planned, last),
                plannedTime: planned)
        }
    }

    private func unixMicroseconds(_ instant: MonotonicInstant) -> Int64 {
        description.anchor.unixMicroseconds(at: instant)
    }
}
