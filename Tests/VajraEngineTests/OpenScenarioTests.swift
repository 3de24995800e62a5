// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Glibc
import Testing
import VajraEngine
import VajraLifecycle
import VajraMetrics
import VajraModel

@Suite struct OpenScenarioTests {
    @Test func `every arrival of the plan is executed once, and the lane says when it is done`() throws {
        let lane = try LaneUnderTest()
        lane.open(FakeTask(name: "t", journal: Journal()), try arrivals("1k/s", "100ms"))
        try lane.start()
        try lane.awaitFinish()
        let counts = lane.counts
        #expect([counts.planned, counts.started, counts.completed, counts.succeeded] == [100, 100, 100, 100])
        #expect([counts.dropped, counts.inFlight] == [0, 0])
        #expect(lane.metrics().pacingLag.totalCount == 100)
        #expect(lane.records.map(\.index).sorted() == Array(0..<100))
        #expect(lane.records.allSatisfy { $0.intended <= $0.started && $0.started <= $0.ended })
        let ticks = lane.reports.map(\.tick)
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 }, "reports come in order, each interval once")
        #expect(lane.reports.filter(\.isFinal).count == 1)
        #expect(lane.reports.last?.isFinal == true)
    }

    @Test func `a lane that was held up reports once for all intervals that have ended`() throws {
        let lane = try LaneUnderTest(interval: milliseconds(5))
        lane.open(
            FakeTask(
                name: "t", journal: Journal(),
                // Blocks the thread, as a task must not.
                onExecute: { iteration in
                    if iteration.index == 5 { usleep(100_000) }
                    return .success
                }), try arrivals("1k/s", "150ms"))
        try lane.start()
        try lane.awaitFinish()
        let ticks = lane.reports.map(\.tick)
        let longest = zip(ticks, ticks.dropFirst()).map { $1 - $0 }.max() ?? 0
        #expect(longest >= 19, "100 ms without a report are 20 intervals of 5 ms")
        #expect(ticks.last.map { $0 >= 149 / 5 } == true, "the last report is of the interval that it was made in")
        #expect(lane.metrics().counts.completed == 150)
    }

    @Test func `the plan's end is announced once, before the last report`() throws {
        let lane = try LaneUnderTest()
        lane.open(FakeTask(name: "t", journal: Journal()), try arrivals("1k/s", "20ms"))
        try lane.start()
        try lane.awaitFinish()
        let ends = lane.messages.indices.filter { if case .planEnded = lane.messages[$0] { true } else { false } }
        #expect(ends.count == 1)
        #expect(ends.allSatisfy { $0 < lane.messages.count - 1 })
    }

    @Test func `a stop drops what waits, lets what is in flight end, and loses nothing`() throws {
        let gate = Gate()
        let lane = try LaneUnderTest(interval: milliseconds(2))
        let task = FakeTask(
            name: "t", journal: Journal(),
            onExecute: { _ in
                await gate.pass()
                return .success
            })
        lane.open(task, try arrivals("1k/s", "10s"), capacity: 2)
        try lane.start()
        try lane.wait(until: { $0.counts.planned >= 10 })
        lane.runner.stop()
        try lane.wait(until: { $0.counts.dropped > 0 })
        #expect(lane.counts.completed == 0)
        gate.open()
        try lane.awaitFinish()
        let counts = lane.counts
        #expect(counts.started == 2 && counts.completed == 2)
        #expect(counts.planned == counts.started + counts.dropped)
    }

    @Test func `arrivals that waited start in the order of the plan, and their wait is in the response time`() throws {
        let gate = Gate()
        let lane = try LaneUnderTest(interval: milliseconds(2))
        let task = FakeTask(
            name: "t", journal: Journal(),
            onExecute: { _ in
                await gate.pass()
                return .success
            })
        lane.open(task, try arrivals("1k/s", "20ms"), capacity: 1)
        try lane.start()
        try lane.wait { if case .planEnded = $0 { true } else { false } }
        gate.open()
        try lane.awaitFinish()
        #expect(lane.records.map(\.index) == Array(0..<20))
        #expect(lane.counts.completed == 20)
        // The second was due 1 ms after the first, and waited until all twenty had come.
        let second = lane.records[1]
        #expect(second.started.nanoseconds(since: second.intended) >= milliseconds(15))
        #expect(lane.metrics().lag.max >= UInt64(milliseconds(15)))
        #expect(lane.metrics().responseTime.max >= lane.metrics().lag.max)
    }

    @Test func `with the drop policy arrivals without a place are dropped and counted`() throws {
        let gate = Gate()
        let lane = try LaneUnderTest(interval: milliseconds(2))
        let task = FakeTask(
            name: "t", journal: Journal(),
            onExecute: { _ in
                await gate.pass()
                return .success
            })
        lane.open(task, try arrivals("1k/s", "20ms"), capacity: 3, .drop)
        try lane.start()
        try lane.wait { if case .planEnded = $0 { true } else { false } }
        gate.open()
        try lane.awaitFinish()
        #expect(lane.counts.planned == 20)
        #expect(lane.counts.started == 3 && lane.counts.completed == 3)
        #expect(lane.counts.dropped == 17)
    }

    @Test func `what is abandoned is cancelled, stays in flight, and is not recorded when it ends after all`() throws {
        let gate = Gate()
        let journal = Journal()
        let lane = try LaneUnderTest(interval: milliseconds(2))
        let task = FakeTask(
            name: "t", journal: journal,
            onExecute: { _ in
                await withTaskCancellationHandler {
                    await gate.pass()
                } onCancel: {
                    journal.note("cancelled")
                }
                journal.note("ended")
                return .success
            })
        lane.open(task, try arrivals("1k/s", "10s"), capacity: 2)
        try lane.start()
        try lane.wait(until: { $0.counts.started == 2 && $0.counts.planned > 2 })
        lane.runner.abandon()
        try lane.awaitFinish()
        #expect(journal.count("cancelled") == 2)
        gate.open()
        try lane.tearDown()
        #expect(lane.counts.started == 2 && lane.counts.completed == 0)
        #expect(lane.counts.inFlight == 2)
        #expect(lane.counts.planned == lane.counts.started + lane.counts.dropped)
    }

    @Test func `iterations that never suspend keep neither reports nor a stop from coming`() throws {
        let lane = try LaneUnderTest(interval: milliseconds(2))
        // Far more than one place can serve, so that the slot finds the next one waiting each time.
        lane.open(FakeTask(name: "t", journal: Journal()), try arrivals("200k/s", "10s"), capacity: 1)
        try lane.start()
        try lane.wait(until: { $0.reports.count >= 2 })
        lane.runner.stop()
        try lane.awaitFinish()
        #expect(lane.counts.planned == lane.counts.started + lane.counts.dropped)
    }

    @Test func `two scenarios on a lane are recorded apart`() throws {
        let lane = try LaneUnderTest()
        lane.open(FakeTask(name: "a", journal: Journal()), try arrivals("1k/s", "10ms"), name: "a")
        lane.open(FakeTask(name: "b", journal: Journal()), try arrivals("1k/s", "30ms"), name: "b")
        try lane.start()
        try lane.awaitFinish()
        #expect(lane.metrics(of: 0).counts.completed == 10)
        #expect(lane.metrics(of: 1).counts.completed == 30)
    }

    @Test func `a task's own instant of completion counts, and not that of its return`() throws {
        let gate = Gate()
        let lane = try LaneUnderTest(interval: milliseconds(2))
        let task = FakeTask(
            name: "t", journal: Journal(),
            onExecute: { iteration in
                var outcome = Outcome.success
                outcome.completedAt = iteration.intendedStart.advanced(byNanoseconds: milliseconds(7_000))
                return outcome
            })
        lane.open(task, try arrivals("1k/s", "1ms"))
        gate.open()
        try lane.start()
        try lane.awaitFinish()
        #expect(lane.records.map { $0.ended.nanoseconds(since: $0.intended) } == [milliseconds(7_000)])
    }
}
