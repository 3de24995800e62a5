// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import VajraEngine
import VajraLifecycle
import VajraMetrics
import VajraModel

@Suite struct ClosedScenarioTests {
    @Test func `so many users start so many iterations in all, each its own`() throws {
        let inFlight = Mutex((now: 0, most: 0))
        let lane = try LaneUnderTest()
        let task = FakeTask(
            name: "t", journal: Journal(),
            onExecute: { _ in
                inFlight.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                for _ in 0..<3 { await Task.yield() }
                inFlight.withLock { $0.now -= 1 }
                return .success
            })
        lane.closed(
            task, ClosedDispatch(concurrency: 3, thinkTime: 0, end: .max, limit: 30, offset: 2, stride: 5, allUsers: 15)
        )
        try lane.start()
        try lane.awaitFinish()
        #expect([lane.counts.planned, lane.counts.started, lane.counts.completed] == [30, 30, 30])
        #expect(lane.records.map(\.index).sorted() == Array(stride(from: 2, to: 152, by: 5)))
        #expect(inFlight.withLock { $0.most } == 3)
        #expect(lane.metrics().pacingLag.isEmpty)
        #expect(lane.metrics().lag.totalCount == 30)
    }

    @Test func `no iteration starts after the plan's end`() throws {
        let lane = try LaneUnderTest(interval: milliseconds(5))
        lane.closed(
            FakeTask(name: "t", journal: Journal()),
            ClosedDispatch(concurrency: 2, thinkTime: 0, end: milliseconds(20), offset: 0, stride: 1, allUsers: 2))
        try lane.start()
        try lane.awaitFinish()
        let first = try #require(lane.records.map(\.started).min())
        let last = try #require(lane.records.map(\.started).max())
        // The clock is read for the plan first and for the record then: the margin is for a thread held up in between.
        #expect(last.nanoseconds(since: first) <= milliseconds(120))
        #expect(lane.counts.started == lane.counts.completed)
    }

    @Test func `a user thinks between two iterations`() throws {
        let lane = try LaneUnderTest()
        lane.closed(
            FakeTask(name: "t", journal: Journal()),
            ClosedDispatch(
                concurrency: 1, thinkTime: milliseconds(4), end: .max, limit: 4, offset: 0, stride: 1, allUsers: 1))
        try lane.start()
        try lane.awaitFinish()
        for (earlier, later) in zip(lane.records, lane.records.dropFirst()) {
            #expect(later.started.nanoseconds(since: earlier.ended) >= milliseconds(4))
        }
    }

    @Test func `users that never suspend keep neither reports nor a stop from coming`() throws {
        let lane = try LaneUnderTest(interval: milliseconds(2))
        lane.closed(
            FakeBuiltInTask { _ in .success },
            ClosedDispatch(concurrency: 8, thinkTime: 0, end: .max, offset: 0, stride: 1, allUsers: 8))
        try lane.start()
        try lane.wait(until: { $0.reports.count >= 3 })
        lane.runner.stop()
        try lane.awaitFinish()
        #expect(lane.counts.started > 8)
        #expect(lane.counts.started == lane.counts.completed)
    }

    @Test func `users in flight end after a stop, and are given up by abandoning`() throws {
        let gate = Gate()
        let lane = try LaneUnderTest(interval: milliseconds(2))
        let task = FakeTask(
            name: "t", journal: Journal(),
            onExecute: { _ in
                await gate.pass()
                return .success
            })
        lane.closed(task, ClosedDispatch(concurrency: 4, thinkTime: 0, end: .max, offset: 0, stride: 1, allUsers: 4))
        try lane.start()
        try lane.wait(until: { $0.counts.started == 4 })
        lane.runner.stop()
        try lane.wait { if case .planEnded = $0 { true } else { false } }
        #expect(lane.reports.filter(\.isFinal).isEmpty)
        lane.runner.abandon()
        try lane.awaitFinish()
        gate.open()
        try lane.tearDown()
        #expect(lane.counts.started == 4 && lane.counts.completed == 0)
    }

    @Test func `a lane without users is done at once`() throws {
        let lane = try LaneUnderTest()
        lane.closed(
            FakeTask(name: "t", journal: Journal()),
            ClosedDispatch(concurrency: 0, thinkTime: 0, end: .max, limit: 0, offset: 0, stride: 1, allUsers: 1))
        try lane.start()
        try lane.awaitFinish()
        #expect(lane.counts.planned == 0)
    }
}
