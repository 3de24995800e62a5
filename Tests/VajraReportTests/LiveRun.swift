// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraReport
import VajraWire

/// A run told line by line to a live model, with figures that a person can check in the golden screens.
struct LiveRun {
    /// What a scenario does in each interval.
    struct Scenario: Sendable {
        var name: String
        var rate: UInt64 = 1000
        var isOpen = true
        /// Response times in µs that the iterations of an interval share evenly, by interval.
        var responses: @Sendable (Int) -> [UInt64] = { _ in [400, 900, 1300, 4800] }
        var failures: [String: UInt64] = [:]
        var inFlight: UInt64 = 12
        var status: String?
    }

    static let runID = "01937c2e-0000-7000-8000-000000000000"
    private static let start: Int64 = 1_700_000_000_000_000

    var model = LiveModel()
    let scenarios: [Scenario]
    let seconds: Int64

    init(
        _ scenarios: [Scenario], seconds: Int64 = 150, name: String = "checkout", sources: [String] = ["w1"],
        config: String = "{}", thresholds: [String] = []
    ) {
        self.scenarios = scenarios
        self.seconds = seconds
        for source in sources {
            var line = LiveRun.started(name, scenarios, seconds)
            line.config = Array(config.utf8)
            line.thresholds = thresholds
            take(.runStarted(line), of: source)
        }
    }

    @discardableResult
    mutating func take(_ body: LineBody, of source: String = "w1") -> Bool {
        model.take(Envelope(runID: LiveRun.runID, source: source, sequence: 1), body)
    }

    /// One second of every scenario, ending `end` seconds after the start on a clock that is `skew` µs off.
    mutating func interval(_ end: Int, of source: String = "w1", skew: Int64 = 0) {
        for scenario in scenarios { take(.snapshot(LiveRun.snapshot(scenario, end, skew: skew)), of: source) }
    }

    mutating func intervals(_ range: ClosedRange<Int>) {
        for end in range { interval(end) }
    }

    static func started(_ name: String, _ scenarios: [Scenario], _ seconds: Int64) -> RunStarted {
        RunStarted(
            name: name, tool: "vajra-gen", toolVersion: "0", host: "h", pid: 1, processors: 2, lanes: 2,
            startUnixMicroseconds: start, snapshotInterval: 1_000_000_000, segment: "1/1", labels: [],
            scenarios: scenarios.map {
                RunStarted.Scenario(
                    name: $0.name, model: $0.isOpen ? "open" : "closed",
                    planned: $0.isOpen ? $0.rate * UInt64(seconds) : nil,
                    plannedDuration: seconds * 1_000_000_000, maxInFlight: 64)
            }, config: Array("{}".utf8), configSHA256: "")
    }

    static func snapshot(_ scenario: Scenario, _ end: Int, skew: Int64 = 0) -> Snapshot {
        var metrics = ScenarioMetrics()
        metrics.counts.planned = scenario.rate
        metrics.counts.started = scenario.rate
        metrics.counts.completed = scenario.rate
        metrics.counts.succeeded = scenario.rate
        for (kind, count) in scenario.failures {
            metrics.counts.failures.add(kind, count)
            metrics.counts.succeeded -= count
        }
        if let status = scenario.status {
            metrics.counts.statuses.add(name: status, count: metrics.counts.succeeded)
            metrics.counts.statuses.add(name: "503", count: metrics.counts.completed - metrics.counts.succeeded)
        }
        let responses = scenario.responses(end)
        for response in responses {
            let count = scenario.rate / UInt64(responses.count)
            for _ in 0..<count {
                metrics.responseTime.record(response * 1000)
                metrics.lag.record(response * 10)
            }
        }
        return Snapshot(
            scenario: scenario.name, startUnixMicroseconds: start + skew + Int64(end - 1) * 1_000_000,
            endUnixMicroseconds: start + skew + Int64(end) * 1_000_000,
            targetRate: scenario.isOpen ? Double(scenario.rate) : 0, inFlight: scenario.inFlight, metrics: metrics,
            health: nil)
    }

    static let ended = LineBody.runEnded(
        RunEnded(reason: .completed, endUnixMicroseconds: 0, scenarios: [], health: Health()))
}
