// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraAggregate
import VajraMetrics
import VajraTestSupport
import VajraWire

@testable import VajraReport

/// The report as people and as scripts read it, to the byte.
@Suite struct ReportGoldenTests {
    private static let golden = Golden("Golden")

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let lines: [WrittenSource.Line]
        var badLines = 0
        var testDescription: String { name }

        var summary: Summary {
            get throws {
                var aggregator = Aggregator()
                for line in lines { try aggregator.take(line.envelope, line.body) }
                for _ in 0..<badLines { aggregator.takeBadLine() }
                return aggregator.summary()
            }
        }
    }

    static let rows: [Row] = [
        Row(name: "pass", lines: source { $0.second(35) }.lines),
        Row(name: "several-workers", lines: (1...3).flatMap { WrittenSource.whole("w\($0)", inParts: $0 == 2).lines }),
        Row(name: "closed", lines: source(planned: nil, model: "closed") { $0.second(35) }.lines),
        Row(name: "failures", lines: failures.lines),
        Row(name: "invalid", lines: invalid.lines),
        Row(
            name: "incomplete",
            lines: Array(WrittenSource.whole("w1").lines.dropLast()) + WrittenSource.whole("w2").lines,
            badLines: 2),
        Row(name: "interrupted", lines: source(ending: .interrupted, signal: 2) { $0.second(7) }.lines),
        Row(name: "failed", lines: source(ending: .failed, message: "scenario browse: no pool") { _ in }.lines),
        Row(
            name: "several-runs",
            lines: WrittenSource.whole("w1", runID: "run-1").lines + WrittenSource.whole("w1", runID: "run-2").lines),
        Row(name: "context", lines: (1...2).flatMap { context("w\($0)", host: "load\($0)").lines }),
        Row(name: "nothing", lines: []),
    ]

    @Test(arguments: rows)
    func `the text report is just the golden one`(row: Row) throws {
        let report = TextReport(try row.summary, style: TextStyle(isColoured: false))
        try Self.golden.check(Array(report.text.utf8), "\(row.name).txt")
    }

    @Test(arguments: rows)
    func `the JSON summary is just the golden one, and one line`(row: Row) throws {
        var report = JSONReport()
        let bytes = report.bytes(of: try row.summary)
        try Self.golden.check(bytes, "\(row.name).json")
        #expect(bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        #expect(bytes.last == UInt8(ascii: "\n"))
    }

    @Test(arguments: rows)
    func `colour changes nothing but colour`(row: Row) throws {
        let summary = try row.summary
        let plain = TextReport(summary, style: TextStyle(isColoured: false)).text
        let coloured = TextReport(summary, style: TextStyle(isColoured: true)).text
        #expect(coloured.contains("\u{1b}["))
        #expect(!plain.contains("\u{1b}"))
        #expect(coloured.replacing(/\u{1b}\[[0-9]+m/, with: "") == plain)
    }

    // MARK: Sources

    private static func source(
        planned: UInt64? = 35, model: String = "open", ending: EndReason = .completed, signal: Int32 = 0,
        message: String = "", _ body: (inout WrittenSource) -> Void
    ) -> WrittenSource {
        var source = WrittenSource("w1", scenarios: ["browse"])
        source.start(planned: planned, model: model)
        body(&source)
        source.end(ending, signal: signal, message: message)
        return source
    }

    /// One second in which four kinds of failure and three codes came, and nothing succeeded.
    private static var failures: WrittenSource {
        var metrics = ScenarioMetrics()
        (metrics.counts.planned, metrics.counts.started, metrics.counts.completed) = (1_350_000, 1_350_000, 1_349_987)
        metrics.counts.failures.add("timeout", 12)
        metrics.counts.failures.add("status", 7)
        metrics.counts.failures.add("dns", 12)
        metrics.counts.failures.add("refused", 1_349_956)
        metrics.counts.statuses.add(name: "200", count: 3)
        metrics.counts.statuses.add(name: "503", count: 5)
        metrics.counts.statuses.add(name: "404", count: 2)
        metrics.responseTime.record(412_000, count: 1_349_987)
        metrics.serviceTime.record(391_000, count: 1_349_987)
        metrics.lag.record(12_000, count: 1_349_987)
        metrics.pacingLag.record(9_000, count: 1_350_000)
        return one(metrics, plannedTime: 135_000_000_000, loadTime: 135_000_000_000)
    }

    /// A second in which the generator started a third of its plan.
    private static var invalid: WrittenSource {
        var metrics = ScenarioMetrics()
        (metrics.counts.planned, metrics.counts.started) = (30_000, 10_000)
        (metrics.counts.completed, metrics.counts.succeeded, metrics.counts.dropped) = (10_000, 10_000, 20_000)
        metrics.responseTime.record(50_000_000, count: 10_000)
        metrics.serviceTime.record(1_000_000, count: 10_000)
        metrics.lag.record(49_000_000, count: 10_000)
        metrics.pacingLag.record(45_000_000, count: 30_000)
        return one(metrics, plannedTime: 1_000_000_000, loadTime: 1_000_000_000)
    }

    /// One of two sources of a run with twelve endpoints, whose names differ at their ends, and one closed scenario.
    private static func context(_ name: String, host: String) -> WrittenSource {
        let names =
            (1...12).map { "checkout-endpoint-with-a-long-name-of-the-kind-that-generators-give-\($0)" } + ["users"]
        var started = RunStarted(
            name: "checkout", tool: "vajra-gen", toolVersion: "1.0.0", host: host, pid: 1, processors: 2, lanes: 2,
            startUnixMicroseconds: WrittenSource.origin + (host == "load1" ? 5 : 0), snapshotInterval: 1_000_000_000,
            segment: "1/1", labels: [("team", "payments"), ("zone", host)], scenarios: [], config: Array("{}".utf8),
            configSHA256: "")
        var ends: [RunEnded.Scenario] = []
        for (place, name) in names.enumerated() {
            let isOpen = name != "users"
            var scenario = RunStarted.Scenario(
                name: name, model: isOpen ? "open" : "closed", planned: isOpen ? 100 : nil,
                plannedDuration: 1_000_000_000, maxInFlight: 10_000)
            scenario.target = "https://shop.example.com/\(place)"
            scenario.load = isOpen ? "100/s for 1s" : "16 users for 1s"
            started.scenarios.append(scenario)
            var metrics = ScenarioMetrics()
            (metrics.counts.planned, metrics.counts.started, metrics.counts.completed) = (100, 100, 100)
            metrics.counts.succeeded = 100
            metrics.counts.statuses.add(name: "200", count: 90)
            metrics.counts.statuses.add(name: "304", count: 10)
            (metrics.counts.bytesSent, metrics.counts.bytesReceived) = (8_700, 1_234_567)
            for number in 1...100 as ClosedRange<UInt64> {
                metrics.serviceTime.record(number * 1_000_000)
                metrics.responseTime.record(number * 1_000_000 + (isOpen ? UInt64(place) * 10_000 : 0))
                if isOpen { metrics.lag.record(UInt64(place) * 10_000) }
                if isOpen { metrics.pacingLag.record(UInt64(place) * 10_000) }
            }
            ends.append(
                RunEnded.Scenario(name: name, metrics: metrics, loadTime: 1_000_000_000, plannedTime: 1_000_000_000))
        }
        var source = WrittenSource(name, scenarios: names)
        source.write(.runStarted(started))
        source.write(
            .runEnded(
                RunEnded(
                    reason: .completed, endUnixMicroseconds: WrittenSource.origin, scenarios: ends, health: Health(),
                    lines: [("run_started", 1), ("run_ended", 1)])))
        return source
    }

    private static func one(_ metrics: ScenarioMetrics, plannedTime: Int64, loadTime: Int64) -> WrittenSource {
        var source = WrittenSource("w1", scenarios: ["browse"])
        source.start(planned: metrics.counts.planned)
        let scenario = RunEnded.Scenario(name: "browse", metrics: metrics, loadTime: loadTime, plannedTime: plannedTime)
        var health = Health()
        (health.elapsed, health.busiestLaneCPU, health.outputBlocked) = (loadTime, loadTime * 3 / 10, loadTime / 50)
        source.write(
            .runEnded(
                RunEnded(
                    reason: .completed, endUnixMicroseconds: WrittenSource.origin, scenarios: [scenario],
                    health: health,
                    lines: [("run_started", 1), ("run_ended", 1)])))
        return source
    }
}
