// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraLifecycle
import VajraMetrics
import VajraModel

@testable import VajraEngine

@Suite struct ScenarioRecorderTests {
    private static func instant(_ nanoseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds) }

    private static func record(
        _ outcomes: [Outcome], filter: IterationFilter = .none, firstIndex: UInt64 = 0
    ) -> ScenarioInterval {
        var recorder = ScenarioRecorder(filter: filter)
        for (offset, outcome) in outcomes.enumerated() {
            recorder.arrived(lateness: 50)
            recorder.started(at: instant(1100))
            recorder.completed(
                index: firstIndex + UInt64(offset), intended: instant(1000), started: instant(1100),
                ended: instant(1400),
                outcome: outcome)
        }
        return recorder.take(spare: ScenarioMetrics())
    }

    @Test func `response time is service time plus lag`() {
        let metrics = Self.record([.success]).metrics
        #expect(metrics.responseTime.max == 400)
        #expect(metrics.serviceTime.max == 300)
        #expect(metrics.lag.max == 100)
        #expect(metrics.pacingLag.max == 50)
    }

    @Test func `every outcome is counted under its kind and its code`() {
        let interval = Self.record([
            .success(status: .code(200), bytesSent: 10, bytesReceived: 100),
            .success(status: .text("committed"), bytesSent: 10, bytesReceived: 100),
            .failure(.timeout, message: "first"), .failure(.timeout, message: "second"),
            .failure(.status, status: .code(503)),
        ])
        let counts = interval.metrics.counts
        #expect([counts.planned, counts.started, counts.completed] == [5, 5, 5])
        #expect(counts.succeeded == 2)
        #expect(counts.failed == 3)
        #expect(counts.failures.sorted.map(\.name) == ["status", "timeout"])
        #expect(counts.failures.sorted.map(\.count) == [1, 2])
        #expect(counts.statuses.sorted.map(\.name) == ["200", "503", "committed"])
        #expect(counts.bytesSent == 20 && counts.bytesReceived == 200)
        #expect(interval.newFailures.map(\.0) == [.timeout, .status])
        #expect(interval.newFailures.map(\.1) == ["first", nil], "the first message of each kind")
    }

    @Test func `a failure kind is new once`() {
        var recorder = ScenarioRecorder(filter: .none)
        for expected in [1, 0] {
            recorder.completed(
                index: 0, intended: Self.instant(0), started: Self.instant(0), ended: Self.instant(0),
                outcome: .failure(.dns))
            #expect(recorder.take(spare: ScenarioMetrics()).newFailures.count == expected)
        }
    }

    @Test func `an instant before the intended one counts as no delay`() {
        var recorder = ScenarioRecorder(filter: .none)
        recorder.arrived(lateness: -5)
        recorder.completed(
            index: 0, intended: Self.instant(10), started: Self.instant(5), ended: Self.instant(3), outcome: .success)
        let metrics = recorder.take(spare: ScenarioMetrics()).metrics
        #expect(metrics.pacingLag.max == 0 && metrics.pacingLag.totalCount == 1)
        #expect(metrics.lag.max == 0)
        #expect(metrics.serviceTime.max == 0)
        #expect(metrics.responseTime.totalCount == 1)
    }

    @Test func `taking leaves nothing behind but the last start`() {
        var recorder = ScenarioRecorder(filter: .all)
        recorder.started(at: Self.instant(7))
        recorder.dropped(3)
        let first = recorder.take(spare: ScenarioMetrics())
        #expect(first.metrics.counts.started == 1 && first.metrics.counts.dropped == 3)
        let second = recorder.take(spare: ScenarioMetrics())
        #expect(second.metrics.isEmpty && second.records.isEmpty)
        #expect(second.lastStart == Self.instant(7))
    }

    @Test(
        arguments: [
            (IterationFilter.none, []), (.all, [99, 100, 101, 102]), (.sampled, [100]), (.failed, [100, 102]),
        ] as [(IterationFilter, [UInt64])])
    func `the filter says which iterations get a line`(filter: IterationFilter, expected: [UInt64]) {
        let outcomes: [Outcome] = [.success, .failure(.reset), .success, .failure(.reset)]
        #expect(Self.record(outcomes, filter: filter, firstIndex: 99).records.map(\.index) == expected)
    }

    @Test func `iteration lines beyond the limit of an interval are counted and left out`() {
        var recorder = ScenarioRecorder(filter: .all)
        for index in 0..<200_003 as Range<UInt64> {
            recorder.completed(
                index: index, intended: Self.instant(0), started: Self.instant(0), ended: Self.instant(0),
                outcome: .success)
        }
        let interval = recorder.take(spare: ScenarioMetrics())
        #expect(interval.records.count == 200_000)
        #expect(interval.recordsDropped == 3)
        #expect(interval.metrics.counts.completed == 200_003, "the metrics hold all of them")
        #expect(recorder.take(spare: ScenarioMetrics()).recordsDropped == 0)
    }

    @Test func `an arrival on demand is planned and has no pacing of its own`() {
        var recorder = ScenarioRecorder(filter: .none)
        recorder.arrivedOnDemand()
        let metrics = recorder.take(spare: ScenarioMetrics()).metrics
        #expect(metrics.counts.planned == 1)
        #expect(metrics.pacingLag.isEmpty)
    }
}
