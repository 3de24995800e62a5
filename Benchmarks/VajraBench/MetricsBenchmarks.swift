// SPDX-License-Identifier: Apache-2.0

import VajraEngine
import VajraLifecycle
import VajraMetrics
import VajraModel
import VajraSystem
import VajraWire

/// Recording, and what becomes of it: a snapshot's swap, its merge, its line, and the line read again.
enum MetricsBenchmarks {
    /// Response times as a service has them: around 400 us, with a tail.
    static func samples(_ count: Int) -> [UInt64] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let uniform = Double(state >> 11) / Double(1 << 53)
            return UInt64(120_000 + 280_000 / (1.02 - uniform))
        }
    }

    static func metrics(_ iterations: Int) -> ScenarioMetrics {
        var metrics = ScenarioMetrics()
        for value in samples(iterations) {
            metrics.counts.planned += 1
            metrics.counts.started += 1
            metrics.counts.completed += 1
            metrics.counts.succeeded += 1
            metrics.counts.statuses.add(code: 200)
            metrics.responseTime.record(value + 12_000)
            metrics.serviceTime.record(value)
            metrics.lag.record(12_000 + value % 4096)
            metrics.pacingLag.record(10_000 + value % 2048)
        }
        return metrics
    }

    static var all: [Benchmark] { recording + merging + lines }

    private static var recording: [Benchmark] {
        let values = samples(4096)
        let instants = values.map { MonotonicInstant(nanoseconds: Int64($0)) }
        return [
            Benchmark(name: "read the clock") { count in
                for _ in 0..<count { consume(Clock.now()) }
            },
            Benchmark(name: "record a value in a histogram") { count in
                var histogram = Histogram()
                for index in 0..<count { histogram.record(values[index & 4095]) }
                consume(histogram.totalCount)
            },
            Benchmark(name: "record an iteration") { count in
                var recorder = ScenarioRecorder(filter: .none)
                let outcome = opaque(Outcome.success(status: .code(200), bytesSent: 80, bytesReceived: 160))
                for index in 0..<count {
                    let ended = instants[index & 4095]
                    let started = MonotonicInstant(nanoseconds: 12_000)
                    recorder.arrived(lateness: 11_000)
                    recorder.started(at: started)
                    recorder.completed(
                        index: UInt64(index), intended: MonotonicInstant(nanoseconds: 0), started: started,
                        ended: ended, outcome: outcome)
                }
                consume(recorder.take(spare: ScenarioMetrics()).metrics.counts.completed)
            },
        ]
    }

    private static var merging: [Benchmark] {
        let interval = metrics(10_000)
        return [
            Benchmark(name: "take a lane's interval") { count in
                var recorder = ScenarioRecorder(filter: .none)
                var spare = ScenarioMetrics()
                for _ in 0..<count { spare = recorder.take(spare: spare).metrics }
                consume(spare.isEmpty)
            },
            Benchmark(name: "merge an interval of 10 000 iterations") { count in
                var sum = interval
                for _ in 0..<count { sum.merge(interval) }
                consume(sum.counts.completed)
            },
            Benchmark(name: "percentiles of a histogram (8)") { count in
                let quantiles = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1, 0]
                for _ in 0..<count {
                    for quantile in quantiles { consume(interval.responseTime.value(atQuantile: quantile)) }
                }
            },
        ]
    }

    private static var lines: [Benchmark] {
        let snapshot = Snapshot(
            scenario: "browse", startUnixMicroseconds: 1_700_000_000_000_000,
            endUnixMicroseconds: 1_700_000_001_000_000, targetRate: 10_000, inFlight: 3, metrics: metrics(10_000),
            health: Health())
        let iteration = IterationLine(
            scenario: "browse", index: 1234, intendedUnixMicroseconds: 1_700_000_000_123_400,
            startedUnixMicroseconds: 1_700_000_000_123_412, endedUnixMicroseconds: 1_700_000_000_123_803,
            responseTime: 403_117, serviceTime: 391_005, failure: nil, status: "200", bytesSent: 78,
            bytesReceived: 5120)
        return [
            ("snapshot of 10 000 iterations", LineBody.snapshot(snapshot)), ("iteration", .iteration(iteration)),
        ].flatMap { (name, body) in
            [
                Benchmark(name: "encode the line of a \(name)") { count in
                    var encoder = LineEncoder(runID: "01937c2e-6b00-7a3c-9f10-0123456789ab", source: "w1")
                    for _ in 0..<count { try encoder.encode(body) { consume($0.count) } }
                },
                Benchmark(name: "decode the line of a \(name)") { count in
                    var encoder = LineEncoder(runID: "01937c2e-6b00-7a3c-9f10-0123456789ab", source: "w1")
                    var line: [UInt8] = []
                    try encoder.encode(body) { line = Array($0.dropLast()) }
                    var decoder = LineDecoder()
                    try line.withUnsafeBytes { bytes in
                        for _ in 0..<count { consume(try decoder.decode(bytes).0) }
                    }
                },
            ]
        }
    }
}
