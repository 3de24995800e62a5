// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraLifecycle
import VajraMetrics
import VajraModel
import VajraWire

@testable import VajraEngine
@testable import VajraRun

@Suite struct StreamQueueTests {
    private static func snapshot(_ scenario: String, second: Int64, started: UInt64 = 1) -> Snapshot {
        var metrics = ScenarioMetrics()
        metrics.counts.started = started
        return Snapshot(
            scenario: scenario, startUnixMicroseconds: second * 1_000_000,
            endUnixMicroseconds: (second + 1) * 1_000_000, targetRate: Double(second), inFlight: UInt64(second),
            metrics: metrics, health: nil)
    }

    private static func iterations(_ count: Int) -> StreamQueue.Iterations {
        let instant = MonotonicInstant(nanoseconds: 0)
        let record = IterationRecord(index: 0, intended: instant, started: instant, ended: instant, outcome: .success)
        return StreamQueue.Iterations(scenario: "browse", records: Array(repeating: record, count: count))
    }

    private static let log = LogLine(timeUnixMicroseconds: 0, severity: .info, body: "")

    @Test func `snapshots of one scenario merge while they wait, and lose nothing`() {
        var queue = StreamQueue()
        for second in 0..<100 as Range<Int64> {
            queue.append(Self.snapshot("browse", second: second, started: 2))
            queue.append(Self.snapshot("search", second: second, started: 3))
        }
        #expect(queue.snapshots.map(\.scenario) == ["browse", "search"])
        #expect(queue.snapshots.map(\.metrics.counts.started) == [200, 300])
        #expect(queue.snapshots.map(\.startUnixMicroseconds) == [0, 0])
        #expect(queue.snapshots.map(\.endUnixMicroseconds) == [100_000_000, 100_000_000])
        #expect(queue.snapshots.map(\.inFlight) == [99, 99])
    }

    @Test func `a snapshot that comes after the others were taken stands alone`() {
        var queue = StreamQueue()
        queue.append(Self.snapshot("browse", second: 0))
        #expect(queue.takeAll().snapshots.count == 1)
        #expect(queue.isEmpty)
        queue.append(Self.snapshot("browse", second: 1))
        #expect(queue.snapshots.map(\.startUnixMicroseconds) == [1_000_000])
    }

    @Test func `log lines beyond the limit are counted and left out`() {
        var queue = StreamQueue()
        for _ in 0..<StreamQueue.logLimit + 7 { queue.append(Self.log) }
        #expect(queue.logs.count == StreamQueue.logLimit)
        #expect(queue.logsDropped == 7)
        _ = queue.takeAll()
        queue.append(Self.log)
        #expect(queue.logs.count == 1, "there is room again")
        #expect(queue.logsDropped == 7, "the count goes on")
    }

    @Test func `a batch of iterations that does not fit is counted and left out whole`() {
        var queue = StreamQueue()
        queue.append(Self.iterations(StreamQueue.iterationLimit), leftOut: 0)
        queue.append(Self.iterations(1), leftOut: 5)
        #expect(queue.iterations.count == 1)
        #expect(queue.iterationsDropped == 6)
        #expect(queue.takeAll().iterations.first?.records.count == StreamQueue.iterationLimit)
        queue.append(Self.iterations(1), leftOut: 0)
        #expect(queue.iterations.count == 1)
        #expect(queue.iterationsDropped == 6)
    }

    @Test func `an empty batch waits for nothing, and its losses are counted`() {
        var queue = StreamQueue()
        queue.append(Self.iterations(0), leftOut: 3)
        #expect(queue.isEmpty)
        #expect(queue.iterationsDropped == 3)
    }

    @Test func `lines about the run are never left out`() {
        var queue = StreamQueue()
        for _ in 0..<20_000 { queue.append(.event(EventLine(timeUnixMicroseconds: 0, name: "mark"))) }
        #expect(queue.lines.count == 20_000)
    }

    @Test func `a line too long to be written is counted as one that was left out`() {
        var queue = StreamQueue()
        queue.countUnwritable(.log(Self.log))
        #expect(queue.logsDropped == 1 && queue.iterationsDropped == 0)
    }
}
