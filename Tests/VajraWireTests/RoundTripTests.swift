// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics
import VajraTestSupport
import VajraWire

struct RoundTripTests {
    /// A number that a double holds exactly, as every number of the stream is.
    private static func exact(using random: inout SplitMix) -> UInt64 { UInt64.random(in: 0...1 << 53, using: &random) }

    private static func metrics(using random: inout SplitMix) -> ScenarioMetrics {
        var metrics = ScenarioMetrics()
        func count() -> UInt64 { Self.exact(using: &random) >> UInt64.random(in: 0..<54, using: &random) }
        metrics.counts.planned = count()
        metrics.counts.started = count()
        metrics.counts.completed = count()
        metrics.counts.succeeded = metrics.counts.completed / 2
        metrics.counts.dropped = count()
        metrics.counts.bytesSent = count()
        metrics.counts.bytesReceived = count()
        for kind in ["timeout", "thrown", "my_kind", "é \"\\\u{1}"] where Bool.random(using: &random) {
            metrics.counts.failures.add(kind, count())
        }
        for status in ["0", "200", "599", "600", "-1", "007", "ok"] where Bool.random(using: &random) {
            metrics.counts.statuses.add(name: status, count: 1 + count() / 2)
        }
        func fill(_ histogram: inout Histogram) {
            for _ in 0..<Int.random(in: 0..<40, using: &random) { histogram.record(count(), count: count()) }
        }
        fill(&metrics.responseTime)
        fill(&metrics.serviceTime)
        fill(&metrics.lag)
        fill(&metrics.pacingLag)
        return metrics
    }

    @Test func `every random snapshot comes back as it was`() throws {
        var random = SplitMix(seed: 7)
        for _ in 0..<30 {
            var health: Health?
            if Bool.random(using: &random) {
                var some = Health()
                some.cpu = Int64(Self.exact(using: &random))
                some.elapsed = Int64(Self.exact(using: &random))
                some.residentBytes = Self.exact(using: &random)
                some.logsDropped = Self.exact(using: &random)
                health = some
            }
            let snapshot = Snapshot(
                scenario: ["a", "browse", "日本 \"x\""].randomElement(using: &random)!,
                startUnixMicroseconds: Int64.random(in: 0...1 << 52, using: &random),
                endUnixMicroseconds: Int64.random(in: 1 << 52...1 << 53, using: &random),
                targetRate: Double(random.next()) / Double(UInt64.random(in: 1 ... .max, using: &random)),
                inFlight: Self.exact(using: &random), metrics: Self.metrics(using: &random), health: health)
            let lines = try encoded([.snapshot(snapshot)])
            try #require(lines.count == 1)
            #expect(try decoded(lines[0]).1 == .snapshot(snapshot))
        }
    }

    @Test func `every severity and every reason comes back as it was`() throws {
        for severity in LogLine.Severity.allCases {
            var log = Sample.log
            log.severity = severity
            #expect(try decoded(try encoded([.log(log)])[0]).1 == .log(log))
        }
        for reason in EndReason.allCases {
            var end = Sample.failedRunEnded
            end.reason = reason
            guard case .runEnded(let found) = try decoded(try encoded([.runEnded(end)])[0]).1 else {
                Issue.record("not an end")
                return
            }
            #expect(found.reason == reason)
        }
    }

    @Test func `joining a snapshot to the interval before it covers both and keeps the later gauges`() {
        var first = Sample.snapshot
        var second = Sample.snapshot
        second.startUnixMicroseconds = first.endUnixMicroseconds
        second.endUnixMicroseconds = first.endUnixMicroseconds + 1_000_000
        second.targetRate = 5
        second.inFlight = 7
        var sum = first.metrics
        sum.merge(second.metrics)
        first.append(second)
        #expect(first.startUnixMicroseconds == Sample.snapshot.startUnixMicroseconds)
        #expect(first.endUnixMicroseconds == second.endUnixMicroseconds)
        #expect(first.targetRate == 5)
        #expect(first.inFlight == 7)
        #expect(first.metrics == sum)
        #expect(first.health?.elapsed == 2_000_000_000)
        #expect(first.health?.residentBytes == Sample.health.residentBytes, "memory is the larger, not the sum")
    }

    @Test func `the health of a later interval is not lost when the earlier one has none`() {
        var first = Sample.followingSnapshot
        var second = Sample.followingSnapshot
        second.health = Sample.health
        first.append(second)
        #expect(first.health == Sample.health)
    }
}
