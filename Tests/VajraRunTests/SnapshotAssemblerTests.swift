// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraLifecycle
import VajraMetrics
import VajraModel
import VajraTestSupport

@testable import VajraEngine
@testable import VajraRun

@Suite struct SnapshotAssemblerTests {
    /// A report of one scenario with `started` iterations, the last of them at that many nanoseconds.
    private static func report(
        lane: Int, tick: Int, started: UInt64 = 1, cpu: Int64 = 0, isFinal: Bool = false
    ) -> LaneReport {
        var metrics = ScenarioMetrics()
        metrics.counts.started = started
        metrics.responseTime.record(started, count: started)
        var interval = ScenarioInterval(metrics: metrics)
        interval.lastStart = MonotonicInstant(nanoseconds: Int64(started))
        return LaneReport(
            lane: lane, tick: tick, scenarios: [(0, interval)], cpu: cpu, processorWait: cpu * 2, isFinal: isFinal)
    }

    private static func take(
        _ reports: [LaneReport], by assembler: inout SnapshotAssembler
    ) -> [SnapshotAssembler.Interval] {
        reports.flatMap { assembler.take($0) { _ in } }
    }

    @Test func `an interval is complete when every lane has reported it`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 1)
        #expect(Self.take([Self.report(lane: 0, tick: 0, started: 3)], by: &assembler).isEmpty)
        let complete = Self.take([Self.report(lane: 1, tick: 0, started: 4)], by: &assembler)
        #expect(complete.map(\.tick) == [0])
        #expect(complete[0].metrics[0].counts.started == 7)
        #expect(complete[0].metrics[0].responseTime.totalCount == 7)
    }

    @Test func `a lane may be intervals ahead, and each is given out once and in order`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 1)
        let ahead = (0..<3).map { Self.report(lane: 0, tick: $0) }
        #expect(Self.take(ahead, by: &assembler).isEmpty)
        #expect(Self.take([Self.report(lane: 1, tick: 0)], by: &assembler).map(\.tick) == [0])
        #expect(Self.take([Self.report(lane: 1, tick: 1)], by: &assembler).map(\.tick) == [1])
        #expect(Self.take([Self.report(lane: 1, tick: 2)], by: &assembler).map(\.tick) == [2])
    }

    @Test func `a lane that was held up reports once, and the intervals go out as one`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 1)
        let first = Self.take([Self.report(lane: 0, tick: 0), Self.report(lane: 1, tick: 0)], by: &assembler)
        #expect(first.map(\.tick) == [0])
        let early = Self.take((1...3).map { Self.report(lane: 0, tick: $0, started: 10, cpu: 2) }, by: &assembler)
        #expect(early.isEmpty)
        let merged = Self.take([Self.report(lane: 1, tick: 3, started: 7, cpu: 5)], by: &assembler)
        #expect(merged.map(\.tick) == [3])
        #expect(merged[0].metrics[0].counts.started == 37)
        #expect(merged[0].missingLanes == [])
        #expect(merged[0].busiestLaneCPU == 6, "of one lane over all three")
    }

    @Test func `when all lanes were held up, nothing goes out for the time between`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 1)
        _ = Self.take([Self.report(lane: 0, tick: 0), Self.report(lane: 1, tick: 0)], by: &assembler)
        #expect(Self.take([Self.report(lane: 0, tick: 360_000)], by: &assembler).isEmpty)
        #expect(Self.take([Self.report(lane: 1, tick: 359_999)], by: &assembler).isEmpty)
        let merged = Self.take([Self.report(lane: 1, tick: 360_000)], by: &assembler)
        #expect(merged.map(\.tick) == [360_000])
        #expect(merged[0].metrics[0].counts.started == 3)
    }

    @Test func `nobody waits for a lane that has finished`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 1)
        let complete = Self.take(
            [
                Self.report(lane: 0, tick: 0, isFinal: true), Self.report(lane: 1, tick: 0),
                Self.report(lane: 1, tick: 1), Self.report(lane: 1, tick: 2, isFinal: true),
            ], by: &assembler)
        #expect(complete.map(\.tick) == [0, 1, 2])
        #expect(assembler.takeRest().map(\.tick) == nil)
    }

    @Test func `intervals that waited for a lane come when it finishes before them`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 1)
        let early = Self.take((0..<3).map { Self.report(lane: 0, tick: $0) }, by: &assembler)
        #expect(early.isEmpty)
        let complete = Self.take([Self.report(lane: 1, tick: 0, isFinal: true)], by: &assembler)
        #expect(complete.map(\.tick) == [0, 1, 2])
    }

    @Test func `an interval waits for a lane until four later ones have begun, and names the lane`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 1)
        let early = Self.take((0...3).map { Self.report(lane: 0, tick: $0) }, by: &assembler)
        #expect(early.isEmpty)
        let overdue = Self.take([Self.report(lane: 0, tick: 4)], by: &assembler)
        #expect(overdue.map(\.tick) == [0])
        #expect(overdue.map(\.missingLanes) == [[1]])
    }

    @Test func `what a lane reports too late counts in the next interval, and nothing is lost or doubled`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 1)
        let without = Self.take((0...9).map { Self.report(lane: 0, tick: $0, started: 1) }, by: &assembler)
        #expect(without.map(\.tick) == Array(0...5))
        #expect(without.allSatisfy { $0.metrics[0].counts.started == 1 })
        let late = Self.take(
            (0...9).map { Self.report(lane: 1, tick: $0, started: 1, isFinal: $0 == 9) }, by: &assembler)
        #expect(late.map(\.tick) == [6, 7, 8, 9])
        #expect(late[0].metrics[0].counts.started == 8, "its own two, and the six that came too late")
        #expect((without + late).reduce(0) { $0 + $1.metrics[0].counts.started } == 20)
        #expect(assembler.takeRest().map(\.tick) == nil)
    }

    @Test func `however long a lane stands still, no more than four intervals wait`() {
        var assembler = SnapshotAssembler(lanes: 3, scenarios: 1)
        var given = 0
        for tick in 0..<1000 {
            for lane in 0..<2 { given += Self.take([Self.report(lane: lane, tick: tick)], by: &assembler).count }
            #expect(tick + 1 - given <= SnapshotAssembler.mostWaiting)
        }
        #expect(assembler.totals[0].counts.started == 2000)
    }

    @Test func `what a lost lane holds up is there for the end of the run`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 1)
        let complete = Self.take((0...2).map { Self.report(lane: 0, tick: $0, started: 5) }, by: &assembler)
        #expect(complete.isEmpty)
        let rest = assembler.takeRest()
        #expect(rest?.tick == 2)
        #expect(rest?.metrics[0].counts.started == 15)
        #expect(assembler.takeRest().map(\.tick) == nil)
        #expect(assembler.totals[0].counts.started == 15, "the totals hold it all along")
    }

    @Test func `the busiest lane's time counts, and the latest start of any`() {
        var assembler = SnapshotAssembler(lanes: 2, scenarios: 2)
        let complete = Self.take(
            [Self.report(lane: 0, tick: 0, started: 9, cpu: 5), Self.report(lane: 1, tick: 0, started: 2, cpu: 7)],
            by: &assembler)
        #expect(complete.map(\.busiestLaneCPU) == [7])
        #expect(complete.map(\.longestProcessorWait) == [14])
        #expect(assembler.lastStarts == [MonotonicInstant(nanoseconds: 9), nil])
        #expect(assembler.totals[1].isEmpty)
    }

    @Test func `every lane's storage is given back`() {
        var assembler = SnapshotAssembler(lanes: 1, scenarios: 1)
        var returned = 0
        for tick in 0..<5 { _ = assembler.take(Self.report(lane: 0, tick: tick)) { _ in returned += 1 } }
        #expect(returned == 5)
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `however lanes report, skip and finish, the intervals add up to the totals`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let lanes = Int.random(in: 1...5, using: &random)
        // Each lane's reports stay in their order, as they come from one queue.
        var queues = (0..<lanes).map { lane in
            let ticks = (0..<12).filter { _ in Bool.random(using: &random) } + [12]
            return ticks.map { tick in
                Self.report(lane: lane, tick: tick, started: .random(in: 0...9, using: &random), isFinal: tick == 12)
            }
        }
        let sum = queues.joined().reduce(0) { $0 + $1.scenarios[0].interval.metrics.counts.started }
        var assembler = SnapshotAssembler(lanes: lanes, scenarios: 1)
        var complete: [SnapshotAssembler.Interval] = []
        while let lane = queues.indices.filter({ !queues[$0].isEmpty }).randomElement(using: &random) {
            complete += assembler.take(queues[lane].removeFirst()) { _ in }
        }
        #expect(zip(complete, complete.dropFirst()).allSatisfy { $0.tick < $1.tick })
        #expect(complete.reduce(0) { $0 + $1.metrics[0].counts.started } == sum)
        #expect(assembler.totals[0].counts.started == sum)
        #expect(assembler.takeRest().map(\.tick) == nil)
    }
}
