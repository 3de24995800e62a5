// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraWire

/// One value of each type of line, with every field set to something of its own.
enum Sample {
    static let runID = "01937c2e-6b00-7a3c-9f10-0123456789ab"

    static let runStarted = RunStarted(
        name: "checkout", tool: "vajra-gen", toolVersion: "1.0.0", host: "w1.example", pid: 4242, processors: 4,
        lanes: 2, startUnixMicroseconds: 1_700_000_000_000_000, snapshotInterval: 1_000_000_000, segment: "1/3",
        labels: [("team", "payments"), ("note", "\"quoted\" \\ é\n")],
        scenarios: [
            RunStarted.Scenario(
                name: "browse", model: "open", planned: 1_350_000, plannedDuration: 150_000_000_000, maxInFlight: 1000),
            RunStarted.Scenario(
                name: "search", model: "closed", planned: nil, plannedDuration: 150_000_000_000, maxInFlight: 64),
        ],
        config: Array(#"{"version":1,"scenarios":{"browse":{}}}"#.utf8),
        configSHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")

    static let snapshot = Snapshot(
        scenario: "browse", startUnixMicroseconds: 1_700_000_000_000_000, endUnixMicroseconds: 1_700_000_001_000_000,
        targetRate: 9_999.5, inFlight: 3, metrics: metrics, health: health)

    static let followingSnapshot = Snapshot(
        scenario: "search", startUnixMicroseconds: 1_700_000_000_000_000, endUnixMicroseconds: 1_700_000_001_000_000,
        targetRate: 0, inFlight: 0, metrics: ScenarioMetrics(), health: nil)

    static let success = IterationLine(
        scenario: "browse", index: 1234, intendedUnixMicroseconds: 1_700_000_000_123_400,
        startedUnixMicroseconds: 1_700_000_000_123_412, endedUnixMicroseconds: 1_700_000_000_123_803,
        responseTime: 403_117, serviceTime: 391_005, failure: nil, status: "200", bytesSent: 78, bytesReceived: 5120)

    static let failure = IterationLine(
        scenario: "browse", index: 0, intendedUnixMicroseconds: 1_700_000_000_000_000,
        startedUnixMicroseconds: 1_700_000_000_000_000, endedUnixMicroseconds: 1_700_000_002_000_000,
        responseTime: 2_000_000_000, serviceTime: 2_000_000_000, failure: "timeout", status: nil, bytesSent: 78,
        bytesReceived: 0)

    static let log = LogLine(
        timeUnixMicroseconds: 1_700_000_000_500_000, severity: .warning, body: "slow start: 412 µs", taskID: "browse/1",
        traceID: "4bf92f3577b34da6a3ce929d0e0e4736", spanID: "00f067aa0ba902b7",
        attributes: [("stream", "stderr"), ("pid", "17")])

    static let bareLog = LogLine(timeUnixMicroseconds: 1_700_000_000_500_000, severity: .info, body: "")

    static let event = EventLine(
        timeUnixMicroseconds: 1_700_000_060_000_000, name: "mark", attributes: [("text", "deploy v2")])

    static let bareEvent = EventLine(timeUnixMicroseconds: 1_700_000_060_000_000, name: "stopping")

    static let runEnded = RunEnded(
        reason: .interrupted, signal: 2, endUnixMicroseconds: 1_700_000_150_000_000,
        scenarios: [
            RunEnded.Scenario(
                name: "browse", metrics: metrics, loadTime: 150_000_000_000, plannedTime: 149_000_000_000),
            RunEnded.Scenario(name: "search", metrics: ScenarioMetrics(), loadTime: 0, plannedTime: 0),
        ], health: health)

    static let failedRunEnded = RunEnded(
        reason: .failed, message: "browse: connection refused", endUnixMicroseconds: 1_700_000_000_000_000,
        scenarios: [], health: Health())

    /// Too long for a line by its names alone, so that its bytes do not hang on zlib's version.
    static let longRunEnded: RunEnded = {
        let scenarios = ["browse", "search", "order", "pay", "leave"].map { name in
            var metrics = ScenarioMetrics()
            metrics.counts.completed = 200
            metrics.counts.succeeded = 100
            for number in 100..<200 {
                metrics.counts.failures.add("\(name)_\(number)_" + String(repeating: "x", count: 50))
                metrics.counts.statuses.add(name: "\(name) \(number) " + String(repeating: "y", count: 50), count: 2)
            }
            metrics.responseTime.record(391_005, count: 200)
            return RunEnded.Scenario(name: name, metrics: metrics, loadTime: 1_000_000_000, plannedTime: 1_000_000_000)
        }
        return RunEnded(
            reason: .completed, endUnixMicroseconds: 1_700_000_150_000_000, scenarios: scenarios, health: health)
    }()

    static var metrics: ScenarioMetrics {
        var metrics = ScenarioMetrics()
        metrics.counts.planned = 10
        metrics.counts.started = 9
        metrics.counts.completed = 6
        metrics.counts.succeeded = 3
        metrics.counts.dropped = 1
        metrics.counts.bytesSent = 702
        metrics.counts.bytesReceived = 46_080
        metrics.counts.failures.add("timeout", 2)
        metrics.counts.failures.add("status")
        metrics.counts.statuses.add(name: "200", count: 3)
        metrics.counts.statuses.add(name: "503", count: 1)
        metrics.counts.statuses.add(name: "committed", count: 2)
        for value in [391_005, 403_117, 2_000_000_000] as [UInt64] {
            metrics.responseTime.record(value, count: 2)
            metrics.serviceTime.record(value - 12_000, count: 2)
            metrics.lag.record(12_000, count: 2)
        }
        metrics.pacingLag.record(2500, count: 10)
        return metrics
    }

    static var health: Health {
        var health = Health()
        health.cpu = 310_000_000
        health.busiestLaneCPU = 180_000_000
        health.processorWait = 12_000_000
        health.elapsed = 1_000_000_000
        health.residentBytes = 31_457_280
        health.outputBlocked = 1_200_000
        health.spansDropped = 1
        health.logsDropped = 2
        health.iterationsDropped = 3
        return health
    }
}
