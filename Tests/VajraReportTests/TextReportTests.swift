// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraAggregate
import VajraMetrics
import VajraReport
import VajraTestSupport
import VajraWire

/// The final report as text, in Golden/report-*.txt.
struct TextReportTests {
    private static let golden = Golden("Golden")
    private static let plain = TextStyle(isColoured: false)

    private static func summary(_ name: String, failing: Bool, workers: Int) throws -> Summary {
        var aggregator = Aggregator()
        let scenario = LiveRun.Scenario(
            name: name, rate: 9000, failures: failing ? ["timeout": 12, "status": 3, "connection_refused": 1] : [:])
        for worker in 1...workers {
            var metrics = LiveRun.snapshot(scenario, 1).metrics
            metrics.counts.planned *= 150
            metrics.counts.started *= 150
            metrics.counts.completed = metrics.counts.started - 13
            metrics.counts.succeeded = metrics.counts.completed - metrics.counts.failed
            if failing { metrics.counts.statuses.add(name: "503", count: 3) }
            let source = "worker-\(worker)"
            let end = RunEnded(
                reason: .completed, endUnixMicroseconds: 0,
                scenarios: [
                    RunEnded.Scenario(
                        name: name, metrics: metrics, loadTime: 150_000_000_000, plannedTime: 150_000_000_000)
                ], health: Health(), lines: [("run_started", 1), ("run_ended", 1)])
            let lines = [LineBody.runStarted(LiveRun.started("checkout", [scenario], 150)), .runEnded(end)]
            for (index, line) in lines.enumerated() {
                try aggregator.take(
                    Envelope(runID: LiveRun.runID, source: source, sequence: UInt64(index + 1)), line)
            }
        }
        return aggregator.summary()
    }

    @Test(arguments: [nil, 200, 100, 80, 60, 40] as [Int?], ["passed", "failures"])
    func `the report fits its terminal`(width: Int?, kind: String) throws {
        let failing = kind == "failures"
        let summary = try TextReportTests.summary("browse", failing: failing, workers: failing ? 3 : 1)
        let text = TextReport(summary, style: TextReportTests.plain, width: width).text
        let name = width.map(String.init) ?? "file"
        try TextReportTests.golden.check(Array(text.utf8), "report-\(kind)-\(name).txt")
    }

    @Test(arguments: [40, 60, 80, 100, 132])
    func `no line is wider than the terminal, whatever the names`(width: Int) throws {
        let name = "結帳 🛒 " + String(repeating: "long ", count: 40)
        let text = TextReport(
            try TextReportTests.summary(name, failing: true, workers: 2), style: TextReportTests.plain, width: width
        ).text
        for line in text.split(separator: "\n") {
            #expect(StyledLine(String(line)).width <= width, "\(line)")
        }
    }

    @Test func `a name cannot give orders to the terminal`() throws {
        let text = TextReport(
            try TextReportTests.summary("\u{1b}[2Jx\nPASS", failing: false, workers: 1), style: TextReportTests.plain
        ).text
        #expect(!text.contains("\u{1b}"))
        #expect(!text.contains("\nPASS"))
    }
}
