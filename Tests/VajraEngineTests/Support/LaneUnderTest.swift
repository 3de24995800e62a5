// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraEngine
import VajraLane
import VajraLifecycle
import VajraMetrics
import VajraModel
import VajraPlan
import VajraSystem

/// A lane with its runner on a thread of its own, and everything that it has said.
final class LaneUnderTest {
    struct TimedOut: Error {}

    let lane: Lane
    let runner: LaneRunner
    private let mailbox: LaneMailbox
    private(set) var messages: [LaneMessage] = []
    private var scenarioCount = 0
    private var thread: SystemThread?

    init(interval: Int64 = milliseconds(20)) throws {
        lane = try Lane(number: 0)
        mailbox = try LaneMailbox()
        runner = LaneRunner(lane: lane, mailbox: mailbox, interval: interval)
    }

    /// The runner must outlive its lane, which in the tools is as long as the process.
    deinit {
        lane.stop()
        thread?.join()
    }

    /// Adds a scenario of the open model.
    func open(
        _ work: some TaskLifecycle, _ arrivals: ArrivalCursor, capacity: Int = 100, _ policy: SaturationPolicy = .queue,
        name: String = "browse"
    ) {
        let machine = DispatchStateMachine(arrivals: arrivals, capacity: capacity, policy: policy)
        add(name) {
            OpenScenario(
                execution: self.execution(work, name), machine: machine, plannedBefore: { _ in 0 }, onFinish: $0)
        }
    }

    /// Adds a scenario of the closed model.
    func closed(_ work: some TaskLifecycle, _ dispatch: ClosedDispatch, name: String = "browse") {
        add(name) { ClosedScenario(execution: self.execution(work, name), dispatch: dispatch, onFinish: $0) }
    }

    private func add(_ name: String, _ make: (@escaping () -> Void) -> any ScenarioOnLane) {
        runner.add(index: scenarioCount, name: name, make)
        scenarioCount += 1
    }

    private func execution<Work: TaskLifecycle>(_ work: Work, _ name: String) -> TaskExecution<Work> {
        let context = ScenarioContext(runID: "run-1", scenario: name, lane: lane.number)
        return TaskExecution(lane: lane, context: context, work: work, filter: .all)
    }

    // MARK: Steps

    /// Starts the lane on a thread that, other than the runner's own, can be waited for.
    func launch() throws {
        thread = try SystemThread(name: "lane") { [lane] in lane.run() }
    }

    /// Starts the thread, prepares the tasks, and starts the plans.
    func start() throws {
        try launch()
        runner.initialize()
        try wait { if case .initialized = $0 { true } else { false } }
        runner.begin(anchor: Clock.now().advanced(byNanoseconds: milliseconds(1)))
    }

    /// Waits for the last report.
    func awaitFinish() throws {
        try wait { if case .report(let report) = $0 { report.isFinal } else { false } }
    }

    func tearDown() throws {
        runner.teardown()
        try wait { if case .tornDown = $0 { true } else { false } }
    }

    /// Waits until a message that fits has come; ten seconds are far more than any of them takes.
    func wait(for isWanted: (LaneMessage) -> Bool) throws {
        try wait(until: { $0.messages.contains(where: isWanted) })
    }

    /// Waits until the condition holds after some message.
    func wait(until condition: (LaneUnderTest) -> Bool) throws {
        let deadline = Clock.now().advanced(byNanoseconds: 10_000_000_000)
        messages += mailbox.receive()
        while !condition(self) {
            guard Clock.now() < deadline else { throw TimedOut() }
            var watched = pollfd(fd: mailbox.wake.descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&watched, 1, 100)
            messages += mailbox.receive()
        }
    }

    /// Gives the lane a few milliseconds to say something, for what must not come.
    func waitBriefly() throws {
        var watched = pollfd(fd: mailbox.wake.descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&watched, 1, 5)
        messages += mailbox.receive()
    }

    // MARK: What has come

    var reports: [LaneReport] {
        messages.compactMap { if case .report(let report) = $0 { report } else { nil } }
    }

    /// All that was recorded of a scenario so far.
    func metrics(of index: Int = 0) -> ScenarioMetrics {
        reports.reduce(into: ScenarioMetrics()) { sum, report in
            for (number, interval) in report.scenarios where number == index { sum.merge(interval.metrics) }
        }
    }

    var counts: ScenarioCounts { metrics().counts }

    /// The iterations in the order of their ends.
    var records: [IterationRecord] { reports.flatMap { $0.scenarios.flatMap(\.interval.records) } }
}
