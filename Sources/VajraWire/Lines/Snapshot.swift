// SPDX-License-Identifier: Apache-2.0

import VajraJSON
package import VajraMetrics

/// `snapshot`: what one scenario did in one interval `[start, end)`, as deltas that add up to the run.
package struct Snapshot: Sendable, Equatable {
    /// The scenario's name.
    package var scenario: String
    /// The interval, microseconds since the Unix epoch; half-open.
    package var startUnixMicroseconds: Int64
    package var endUnixMicroseconds: Int64
    /// The planned arrival rate at the interval's end, iterations per second over this source; 0 in the closed model.
    package var targetRate: Double
    /// Iterations in flight at the interval's end.
    package var inFlight: UInt64
    /// What was measured in the interval.
    package var metrics: ScenarioMetrics
    /// How the generator fared; on the first snapshot of each interval only, so that adding them counts once.
    package var health: Health?

    package init(
        scenario: String, startUnixMicroseconds: Int64, endUnixMicroseconds: Int64, targetRate: Double,
        inFlight: UInt64, metrics: ScenarioMetrics, health: Health?
    ) {
        self.scenario = scenario
        self.startUnixMicroseconds = startUnixMicroseconds
        self.endUnixMicroseconds = endUnixMicroseconds
        self.targetRate = targetRate
        self.inFlight = inFlight
        self.metrics = metrics
        self.health = health
    }

    /// Joins the next interval of the same scenario to this one. A slow reader gets the result instead of two lines.
    package mutating func append(_ next: Snapshot) {
        startUnixMicroseconds = min(startUnixMicroseconds, next.startUnixMicroseconds)
        endUnixMicroseconds = max(endUnixMicroseconds, next.endUnixMicroseconds)
        targetRate = next.targetRate
        inFlight = next.inFlight
        metrics.merge(next.metrics)
        if let other = next.health {
            health = health ?? Health()
            health?.merge(other)
        }
    }

    /// The same interval as `count` snapshots that add up to it: the counts in the first, the histograms by value
    /// range.
    func split(into count: Int) -> [Snapshot] {
        metrics.split(into: count).enumerated().map { index, part in
            var snapshot = self
            snapshot.metrics = part
            if index > 0 { snapshot.health = nil }
            return snapshot
        }
    }
}

extension Snapshot {
    func encode(
        into writer: inout JSONWriter, with encoder: inout HistogramEncoder
    ) throws(HistogramCodingError) {
        writer.field("scenario", scenario)
        writer.field("start_unix_us", startUnixMicroseconds)
        writer.field("end_unix_us", endUnixMicroseconds)
        writer.field("target_rate", targetRate)
        MetricsFields.encode(metrics.counts, inFlight: inFlight, into: &writer)
        try MetricsFields.encodeHistograms(of: metrics, with: &encoder, into: &writer)
        health?.encode(into: &writer)
    }

    init(decoding scanner: inout JSONScanner, with decoder: inout HistogramDecoder) throws(WireError) {
        self.init(
            scenario: "", startUnixMicroseconds: 0, endUnixMicroseconds: 0, targetRate: 0, inFlight: 0,
            metrics: ScenarioMetrics(), health: nil)
        var health = Health()
        var hasHealth = false
        var required = RequiredFields("scenario", "start_unix_us", "end_unix_us")
        do throws(JSONError) {
            try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
                required.note(key)
                switch key {
                case "scenario": scenario = try value.readString()
                case "start_unix_us": startUnixMicroseconds = try value.readAmount()
                case "end_unix_us": endUnixMicroseconds = try value.readAmount()
                case "target_rate": targetRate = try value.readDouble()
                default:
                    if try MetricsFields.decode(key, &value, into: &metrics, inFlight: &inFlight, with: &decoder) {
                        return
                    }
                    if try health.decode(key, &value) {
                        hasHealth = true
                    } else {
                        try value.skipValue()
                    }
                }
            }
        } catch {
            throw .json(error)
        }
        if hasHealth { self.health = health }
        try required.check()
        if scenario.isEmpty { throw .invalid(field: "scenario", reason: "it is empty") }
        if endUnixMicroseconds < startUnixMicroseconds {
            throw .invalid(field: "end_unix_us", reason: "the interval ends before it starts")
        }
        try metrics.check()
    }
}

extension ScenarioMetrics {
    /// The same metrics as `count` parts that merge to them: the counts in the first, the histograms by value range.
    func split(into count: Int) -> [ScenarioMetrics] {
        let response = responseTime.split(into: count)
        let service = serviceTime.split(into: count)
        let lag = lag.split(into: count)
        let pacing = pacingLag.split(into: count)
        return (0..<count).map { index in
            var part = ScenarioMetrics()
            if index == 0 { part.counts = counts }
            part.responseTime = response[index]
            part.serviceTime = service[index]
            part.lag = lag[index]
            part.pacingLag = pacing[index]
            return part
        }
    }

    /// Refuses counts that contradict each other within one line.
    func check() throws(WireError) {
        if counts.succeeded > counts.completed {
            throw .invalid(field: "succeeded", reason: "\(counts.succeeded) of \(counts.completed) completed")
        }
    }
}
