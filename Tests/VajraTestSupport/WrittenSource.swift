// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
package import VajraWire

/// One generator process, that writes numbered lines about what it is told it did.
package struct WrittenSource {
    /// One line.
    package typealias Line = (envelope: Envelope, body: LineBody)

    /// The plan's instant 0, microseconds since the Unix epoch.
    package static let origin: Int64 = 1_700_000_000_000_000

    private let name: String
    private let runID: String
    private let scenarios: [String]
    /// What it has written so far.
    package private(set) var lines: [Line] = []
    private var totals: [String: ScenarioMetrics] = [:]
    private var counts: [(type: String, count: UInt64)] = []
    private var seconds: Int64 = 0

    /// A source that has written nothing yet.
    package init(_ name: String, runID: String = "run-1", scenarios: [String] = ["browse", "search"]) {
        self.name = name
        self.runID = runID
        self.scenarios = scenarios
    }

    /// Writes a line.
    package mutating func write(_ body: LineBody) {
        lines.append((Envelope(runID: runID, source: name, sequence: UInt64(lines.count + 1)), body))
        if let index = counts.firstIndex(where: { $0.type == body.type }) {
            counts[index].count += 1
        } else {
            counts.append((body.type, 1))
        }
    }

    /// Announces the plan of each scenario.
    package mutating func start(planned: UInt64? = 100, model: String = "open") {
        write(
            .runStarted(
                RunStarted(
                    name: "checkout", tool: "vajra-gen", toolVersion: "1.0.0", host: "h", pid: 1, processors: 2,
                    lanes: 2,
                    startUnixMicroseconds: WrittenSource.origin, snapshotInterval: 1_000_000_000, segment: "1/1",
                    labels: [],
                    scenarios: scenarios.map {
                        RunStarted.Scenario(
                            name: $0, model: model, planned: planned, plannedDuration: 1_000_000_000, maxInFlight: 10)
                    }, config: Array("{}".utf8), configSHA256: "")))
    }

    /// One second, in which `count` iterations of each scenario took as many microseconds as their number.
    package mutating func second(_ count: UInt64) {
        for (place, scenario) in scenarios.enumerated() {
            var metrics = ScenarioMetrics()
            metrics.counts.planned = count
            metrics.counts.started = count
            metrics.counts.completed = count
            metrics.counts.succeeded = count > 0 ? count - 1 : 0
            if count > 0 { metrics.counts.failures.add("timeout") }
            for number in 0..<count {
                metrics.responseTime.record((number + 1) * 1000 + UInt64(place))
                metrics.serviceTime.record((number + 1) * 1000)
                metrics.lag.record(UInt64(place))
                metrics.pacingLag.record(10)
            }
            totals[scenario, default: ScenarioMetrics()].merge(metrics)
            let start = WrittenSource.origin + seconds * 1_000_000
            var health: Health?
            if place == 0 {
                health = Health()
                health?.elapsed = 1_000_000_000
                health?.busiestLaneCPU = 100_000_000
            }
            write(
                .snapshot(
                    Snapshot(
                        scenario: scenario, startUnixMicroseconds: start, endUnixMicroseconds: start + 1_000_000,
                        targetRate: Double(count), inFlight: 0, metrics: metrics, health: health)))
        }
        seconds += 1
    }

    /// The end, in one part for each scenario when `inParts`.
    package mutating func end(
        _ reason: EndReason = .completed, signal: Int32 = 0, message: String = "", inParts: Bool = false
    ) {
        var health = Health()
        health.elapsed = seconds * 1_000_000_000
        health.busiestLaneCPU = seconds * 100_000_000
        let all = scenarios.map {
            RunEnded.Scenario(
                name: $0, metrics: totals[$0] ?? ScenarioMetrics(), loadTime: seconds * 1_000_000_000,
                plannedTime: seconds * 1_000_000_000)
        }
        let parts = inParts ? all.map { [$0] } : [all]
        let counted = counts + [(LineType.runEnded.rawValue, UInt64(parts.count))]
        for (index, scenarios) in parts.enumerated() {
            write(
                .runEnded(
                    RunEnded(
                        reason: reason, signal: signal, message: message, part: index + 1, parts: parts.count,
                        endUnixMicroseconds: WrittenSource.origin + seconds * 1_000_000, scenarios: scenarios,
                        health: index == 0 ? health : Health(), lines: counted)))
        }
    }

    /// A whole run of three seconds.
    package static func whole(
        _ name: String, runID: String = "run-1", scenarios: [String] = ["browse", "search"], inParts: Bool = false
    ) -> WrittenSource {
        var source = WrittenSource(name, runID: runID, scenarios: scenarios)
        source.start(planned: 35)
        for count in [10, 20, 5] as [UInt64] { source.second(count) }
        source.end(inParts: inParts)
        return source
    }
}
