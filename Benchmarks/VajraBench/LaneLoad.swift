// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraEngine
import VajraLane
import VajraLifecycle
import VajraMetrics
import VajraModel
import VajraPlan
import VajraSystem

/// One lane under a load, with its reports added up: the engine as vajra-gen runs it, without its coordinator.
final class LaneLoad {
    let lane: Lane
    private let runner: LaneRunner
    private let mailbox: LaneMailbox
    private(set) var counts = ScenarioCounts()
    /// CPU time of the lane in nanoseconds.
    private(set) var cpu: Int64 = 0
    private var isOver = false

    init() throws {
        lane = try Lane(number: 0)
        mailbox = try LaneMailbox()
        runner = LaneRunner(lane: lane, mailbox: mailbox, interval: 1_000_000_000)
    }

    func closed(_ work: some TaskLifecycle, users: Int, iterations: UInt64, isRecorded: Bool) {
        let dispatch = ClosedDispatch(
            concurrency: users, thinkTime: 0, end: .max, limit: iterations, offset: 0, stride: 1,
            allUsers: UInt64(users))
        runner.add(index: 0, name: "bench") {
            ClosedScenario(execution: execution(work, isRecorded), dispatch: dispatch, onFinish: $0)
        }
    }

    func open(_ work: some TaskLifecycle, rate: Int64, seconds: Int64, isRecorded: Bool) throws {
        let phase = LoadPhase.constant(rate: ArrivalRate(perSecond: rate)!, for: .seconds(seconds))
        let plan = try ArrivalPlan(phases: [phase], arrivals: .even)
        let cursor = ArrivalCursor(plan, share: try IterationShare(offset: 0, stride: 1))
        let machine = DispatchStateMachine(arrivals: cursor, capacity: 1_000_000, policy: .queue)
        runner.add(index: 0, name: "bench") {
            OpenScenario(
                execution: execution(work, isRecorded), machine: machine, plannedBefore: { _ in 0 }, onFinish: $0)
        }
    }

    private func execution<Work: TaskLifecycle>(_ work: Work, _ isRecorded: Bool) -> TaskExecution<Work> {
        let context = ScenarioContext(runID: "bench", scenario: "bench", lane: 0)
        return TaskExecution(lane: lane, context: context, work: work, filter: .none, isRecorded: isRecorded)
    }

    /// Runs the load to its end; `onReport` is called at each report.
    func run(onReport: () -> Void = {}) throws {
        let thread = try SystemThread(name: "lane") { [lane] in lane.run() }
        runner.initialize()
        try waitForMessage { if case .initialized = $0 { true } else { false } }
        runner.begin(anchor: Clock.now().advanced(byNanoseconds: 1_000_000))
        try waitForMessage { message in
            guard case .report(let report) = message else { return false }
            cpu += report.cpu
            for (_, interval) in report.scenarios { counts.merge(interval.metrics.counts) }
            onReport()
            return report.isFinal
        }
        lane.stop()
        thread.join()
    }

    private func waitForMessage(_ isWanted: (LaneMessage) -> Bool) throws {
        while true {
            var watched = pollfd(fd: mailbox.wake.descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&watched, 1, -1)
            for message in mailbox.receive() where isWanted(message) { return }
        }
    }
}
