// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import VajraEngine
import VajraLane
import VajraLifecycle
import VajraMetrics

/// What users' tasks are promised.
@Suite struct LifecycleTests {
    struct Broken: Error, CustomStringConvertible { let description = "the pool is empty" }

    @Test func `a task is initialized before its first iteration and torn down after its last, once each`() throws {
        let journal = Journal()
        let lane = try LaneUnderTest()
        let task = FakeTask(
            name: "t", journal: journal,
            onExecute: { _ in
                journal.note("execute")
                return .success
            })
        lane.open(task, try arrivals("1k/s", "3ms"))
        try lane.start()
        try lane.awaitFinish()
        try lane.tearDown()
        #expect(journal.all == ["t initialize", "t initialized", "execute", "execute", "execute", "t teardown"])
    }

    @Test func `what initialize changes is there in execute`() throws {
        struct Counting: TaskLifecycle {
            var value = 0
            let seen: Journal
            mutating func initialize() async throws {
                await Task.yield()
                value = 7
            }
            func execute(_ iteration: Iteration) async throws -> Outcome {
                seen.note("\(value)")
                return .success
            }
            mutating func teardown() async { seen.note("down with \(value)") }
        }
        let journal = Journal()
        let lane = try LaneUnderTest()
        lane.open(Counting(seen: journal), try arrivals("1k/s", "1ms"))
        try lane.start()
        try lane.awaitFinish()
        try lane.tearDown()
        #expect(journal.all == ["7", "down with 7"])
    }

    @Test func `a failed initialize is reported by scenario, and every task is torn down exactly once`() throws {
        let journal = Journal()
        let lane = try LaneUnderTest()
        lane.open(FakeTask(name: "a", journal: journal), try arrivals("1k/s", "1ms"), name: "a")
        lane.open(
            FakeTask(name: "b", journal: journal, onInitialize: { throw Broken() }), try arrivals("1k/s", "1ms"),
            name: "b")
        lane.closed(
            FakeTask(name: "c", journal: journal),
            ClosedDispatch(concurrency: 1, thinkTime: 0, end: 1, offset: 0, stride: 1, allUsers: 1), name: "c")
        try lane.launch()
        lane.runner.initialize()
        var failures: [(scenario: String, reason: String)] = []
        try lane.wait { message in
            if case .failed(_, let found) = message { failures = found }
            return !failures.isEmpty
        }
        #expect(failures.map(\.scenario) == ["b"])
        #expect(failures.map(\.reason) == ["the pool is empty"])
        try lane.tearDown()
        for name in ["a", "b", "c"] { #expect(journal.count("\(name) teardown") == 1, "\(name)") }
        #expect(journal.count("b initialized") == 0)
    }

    @Test func `an error thrown by execute is a failure of the kind thrown, with its description`() throws {
        let lane = try LaneUnderTest()
        lane.open(
            FakeTask(name: "t", journal: Journal(), onExecute: { _ in throw Broken() }), try arrivals("1k/s", "5ms"))
        try lane.start()
        try lane.awaitFinish()
        #expect(lane.counts.failures.sorted.map(\.name) == ["thrown"])
        #expect(lane.counts.failures.total == 5)
        #expect(lane.counts.succeeded == 0 && lane.counts.completed == 5)
        let news = lane.reports.flatMap { $0.scenarios.flatMap(\.interval.newFailures) }
        #expect(news.map(\.1) == ["the pool is empty"])
    }

    @Test func `a failure kind thrown by execute is the kind`() throws {
        let lane = try LaneUnderTest()
        lane.open(
            FakeTask(
                name: "t", journal: Journal(),
                onExecute: { iteration in
                    throw iteration.index == 0 ? FailureKind.timeout : "sold_out"
                }), try arrivals("1k/s", "3ms"))
        try lane.start()
        try lane.awaitFinish()
        #expect(lane.counts.failures.sorted.map(\.name) == ["sold_out", "timeout"])
        #expect(lane.counts.failures.sorted.map(\.count) == [2, 1])
    }

    @Test func `user code and what it starts see the execution context`() throws {
        let seen = Mutex<[String]>([])
        let lane = try LaneUnderTest()
        let task = FakeTask(
            name: "t", journal: Journal(),
            onExecute: { iteration in
                async let child = ExecutionContext.current?.iteration.index
                let context = ExecutionContext.current
                let text = "\(context?.runID ?? "-") \(context?.scenario ?? "-") \(context?.taskID ?? "-")"
                let found = await child
                seen.withLock { $0.append("\(text) \(found == iteration.index)") }
                return .success
            })
        lane.open(task, try arrivals("1k/s", "2ms"))
        try lane.start()
        try lane.awaitFinish()
        #expect(seen.withLock { $0 } == Array(repeating: "run-1 browse browse/0 true", count: 2))
        #expect(ExecutionContext.current == nil)
    }

    @Test func `no context is bound for the built-in tasks`() throws {
        let bound = Mutex<Bool?>(nil)
        let lane = try LaneUnderTest()
        lane.open(
            FakeBuiltInTask { _ in
                bound.withLock { $0 = ExecutionContext.current != nil }
                return .success
            }, try arrivals("1k/s", "1ms"))
        try lane.start()
        try lane.awaitFinish()
        #expect(bound.withLock { $0 } == false)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a runner that nobody holds any more lives for as long as its lane's thread`() async throws {
        let lane = try Lane(number: 0)
        func launched() throws -> LaneRunner {
            let runner = LaneRunner(lane: lane, mailbox: try LaneMailbox(), interval: milliseconds(20))
            try runner.launch()
            return runner
        }
        weak let runner = try launched()
        // Once the lane has taken a turn, its thread has begun, and has let go of what it was begun with.
        await Task(executorPreference: lane) {}.value
        #expect(runner != nil)
        lane.stop()
        while runner != nil { await Task.yield() }
    }

    @Test func `a teardown that comes while a task is still being initialized waits for it`() throws {
        let gate = Gate()
        let journal = Journal()
        let lane = try LaneUnderTest()
        lane.open(
            FakeTask(name: "t", journal: journal, onInitialize: { await gate.pass() }), try arrivals("1k/s", "1ms"))
        try lane.launch()
        lane.runner.initialize()
        try lane.wait(until: { _ in journal.count("t initialize") == 1 })
        lane.runner.teardown()
        // Only if the teardown does not wait, it says so before the gate is opened.
        var isTornDown = false
        for _ in 0..<50 where !isTornDown {
            try? lane.waitBriefly()
            isTornDown = lane.messages.contains { if case .tornDown = $0 { true } else { false } }
        }
        #expect(!isTornDown)
        gate.open()
        try lane.wait(until: { _ in journal.count("t initialized") == 1 })
    }
}
