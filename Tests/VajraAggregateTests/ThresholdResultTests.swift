// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics
import VajraModel
import VajraWire
@testable import VajraAggregate

struct ThresholdResultTests {
    /// 1000 iterations of 1 ms to 1 s, 10 of them failed, and 5 dropped, in the second half of 4 s.
    private static let browse: ScenarioFigures = {
        var figures = ScenarioFigures()
        for number in 1...1000 { figures.metrics.responseTime.record(UInt64(number) * 1_000_000) }
        figures.metrics.counts.planned = 1005
        figures.metrics.counts.started = 1000
        figures.metrics.counts.completed = 1000
        figures.metrics.counts.succeeded = 990
        figures.metrics.counts.failures.add("timeout", 10)
        figures.metrics.counts.dropped = 5
        figures.startTime = 2_000_000_000
        figures.loadTime = 4_000_000_000
        figures.plannedTime = 4_000_000_000
        return figures
    }()

    private func result(_ text: String) throws -> ThresholdResult {
        ThresholdResult(
            try Threshold(parsing: text), scenarios: [("browse", Self.browse), ("idle", ScenarioFigures())],
            total: Self.browse)
    }

    @Test(arguments: [
        ("browse.failure_rate <= 1%", true), ("failure_rate < 1%", false), ("failed < 11", true),
        ("failed >= 11", false),
        ("succeeded >= 990", true), ("completed > 1000", false), ("dropped < 5", false), ("dropped <= 5", true),
        ("drop_rate < 0.5%", true), ("achieved_rate >= 500/s", true), ("achieved_rate > 500/s", false),
        ("browse.response_time.p50 < 501ms", true), ("response_time.p99 > 989ms", true),
        ("response_time.max < 1s", false), ("response_time.min <= 1ms", true), ("response_time.mean < 501ms", true),
        ("response_time.p99.9 < 999ms", false), ("started >= 1k", true), ("planned < 1005", false),
    ])
    func `a threshold is kept or missed by the merged figures`(_ row: (text: String, isPassed: Bool)) throws {
        let result = try result(row.text)
        #expect(result.isPassed == row.isPassed, "\(row.text): \(String(describing: result.actual))")
        #expect(result.actual != nil)
        #expect(result.reason.isEmpty)
    }

    @Test(arguments: [
        ("idle.response_time.p99 < 1h", "nothing was measured"), ("idle.failure_rate < 100%", "nothing was measured"),
        ("idle.achieved_rate < 1/s", "nothing was measured"), ("lag.p99 < 1h", "nothing was measured"),
        ("checkout.failed < 1", "there is no such scenario"),
    ])
    func `what was not measured keeps no threshold`(_ row: (text: String, reason: String)) throws {
        let result = try result(row.text)
        #expect(!result.isPassed)
        #expect(result.actual == nil)
        #expect(result.reason == row.reason)
    }

    @Test func `announced and given thresholds are judged once each, those of a later version as missed`() throws {
        let given = [try Threshold(parsing: "failed<11"), try Threshold(parsing: "failed < 12")]
        let results = ThresholdResult.all(
            given, announced: ["failed < 11", "apdex > 0.9", "failed < 11"], scenarios: [], total: Self.browse)
        #expect(results.map(\.expression) == ["failed < 11", "apdex > 0.9", "failed < 12"])
        #expect(results.map(\.isPassed) == [true, false, true])
        #expect(results[1].reason.hasPrefix("not understood: "))
    }

    /// A run of one source whose iterations all succeed, judged by a threshold that it misses.
    private func summary(_ reason: EndReason, completed: UInt64 = 10, succeeded: UInt64 = 10) throws -> Summary {
        var aggregator = Aggregator(thresholds: [try Threshold(parsing: "completed > 1000")])
        var metrics = ScenarioMetrics()
        metrics.counts.planned = completed
        metrics.counts.started = completed
        metrics.counts.completed = completed
        metrics.counts.succeeded = succeeded
        metrics.counts.failures.add("timeout", completed - succeeded)
        var end = RunEnded(
            reason: reason, endUnixMicroseconds: 0,
            scenarios: [RunEnded.Scenario(name: "s", metrics: metrics, loadTime: 1, plannedTime: 1)], health: Health())
        end.signal = reason == .interrupted ? 2 : 0
        end.lines = [("run_ended", 1)]
        try aggregator.take(Envelope(runID: "r", source: "w", sequence: 1), .runEnded(end))
        return aggregator.summary()
    }

    @Test func `a missed threshold fails the run with 99, unless something worse has ended it`() throws {
        let missed = try summary(.completed)
        #expect(missed.verdict == .fail)
        #expect(missed.exitStatus == .thresholdMissed)
        #expect(try summary(.interrupted).exitStatus == .interrupted)
        #expect(try summary(.failed).exitStatus == .runFailed)
        #expect(try summary(.completed, succeeded: 0).exitStatus == .runFailed)
        #expect(try summary(.readerGone).exitStatus == .readerGone)
    }
}
