// SPDX-License-Identifier: Apache-2.0

package import VajraAggregate
import VajraJSON
import VajraMetrics
import VajraModel
import VajraWire

/// The `summary` as one line of JSON: what `vajra-agg --json` prints.
package struct JSONReport: ~Copyable {
    private var writer = JSONWriter(capacity: 64 * 1024)
    private var histograms = HistogramEncoder()

    package init() {}

    /// The summary's bytes, with a newline at the end. The same input gives the same bytes.
    package mutating func bytes(of summary: Summary) -> [UInt8] {
        writer.removeAll(keepingCapacity: true)
        writer.beginObject()
        writer.field("type", LineType.summary.rawValue)
        writer.field("v", WireFormat.version)
        writer.field("run_id", summary.runID)
        writer.field("name", summary.name)
        writer.field("runs", summary.runCount)
        encode(summary.context)
        writer.field("verdict", summary.verdict.rawValue)
        writer.field("exit_status", Int(summary.exitStatus.rawValue))
        writer.field("duration_ns", summary.duration)
        writer.key("scenarios")
        writer.beginObject()
        for (name, figures) in summary.scenarios {
            writer.key(name)
            writer.beginObject()
            encode(summary.context.plans[name] ?? Summary.Plan())
            encode(figures)
            writer.endObject()
        }
        writer.endObject()
        writer.key("total")
        writer.beginObject()
        encode(summary.total)
        writer.endObject()
        writer.field("achieved_rate", summary.total.achievedRate)
        writer.field("drift", summary.total.drift)
        encode(summary.honesty)
        encode(summary.thresholds)
        encode(summary.sources)
        writer.field("bad_lines", summary.badLines)
        writer.field("unknown_lines", summary.unknownLines)
        if !summary.notes.isEmpty {
            writer.key("notes")
            encode(list: summary.notes)
        }
        writer.key("problems")
        encode(list: summary.problems)
        writer.endObject()
        writer.endLine()
        return writer.bytes
    }

    private mutating func encode(_ figures: ScenarioFigures) {
        let counts = figures.metrics.counts
        writer.field("model", figures.isOpen ? "open" : "closed")
        if let total = figures.planTotal { writer.field("plan_total", total) }
        if figures.startTime > 0 { writer.field("start_ns", figures.startTime) }
        MetricsFields.encode(counts, inFlight: counts.inFlight, into: &writer)
        writer.field("bytes_sent_per_s", figures.bytesSentRate)
        writer.field("bytes_received_per_s", figures.bytesReceivedRate)
        writer.field("target_rate", figures.targetRate)
        writer.field("achieved_rate", figures.achievedRate)
        writer.field("drift", figures.drift)
        encode("response_time", figures.metrics.responseTime)
        encode("service_time", figures.metrics.serviceTime)
        encode("lag", figures.metrics.lag)
        encode("pacing_lag", figures.metrics.pacingLag)
        encodeGeneratorShares(of: figures)
    }

    private static let shared: [(key: StaticString, quantile: Double)] = [
        ("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p99_9", 0.999), ("p99_99", 0.9999), ("max", 1),
    ]

    private mutating func encodeGeneratorShares(of figures: ScenarioFigures) {
        guard figures.generatorShare(ofQuantile: 1) != nil else { return }
        writer.key("generator_share")
        writer.beginObject()
        for (key, quantile) in JSONReport.shared {
            if let share = figures.generatorShare(ofQuantile: quantile) { writer.field(key, share.value) }
        }
        writer.endObject()
    }

    private mutating func encode(_ context: Summary.Context) {
        if let start = context.startUnixMicroseconds { writer.field("start_unix_us", start) }
        writer.key("tools")
        encode(list: context.tools)
        writer.key("hosts")
        encode(list: context.hosts)
        writer.key("labels")
        writer.beginObject()
        for (name, values) in context.labels {
            writer.key(name)
            writer.value(values.joined(separator: ","))
        }
        writer.endObject()
    }

    private mutating func encode(_ plan: Summary.Plan) {
        if !plan.targets.isEmpty {
            writer.key("targets")
            encode(list: plan.targets)
        }
        if !plan.loads.isEmpty {
            writer.key("loads")
            encode(list: plan.loads)
        }
    }

    private mutating func encode(_ key: StaticString, _ histogram: Histogram) {
        writer.key(key)
        writer.beginObject()
        writer.field("min_ns", histogram.min)
        writer.field("mean_ns", histogram.mean)
        writer.field("p50_ns", histogram.value(atQuantile: 0.5))
        writer.field("p90_ns", histogram.value(atQuantile: 0.9))
        writer.field("p95_ns", histogram.value(atQuantile: 0.95))
        writer.field("p99_ns", histogram.value(atQuantile: 0.99))
        writer.field("p99_9_ns", histogram.value(atQuantile: 0.999))
        writer.field("p99_99_ns", histogram.value(atQuantile: 0.9999))
        writer.field("max_ns", histogram.max)
        writer.field("count", histogram.totalCount)
        var text: [UInt8] = []
        do {
            try histograms.append(histogram, to: &text)
            writer.field("hdr", utf8: text)
        } catch {
            // The counts exceed the format. Only an invented stream causes that; the figures are still right.
            writer.key("hdr")
            writer.null()
        }
        writer.endObject()
    }

    private mutating func encode(_ honesty: Honesty) {
        writer.key("honesty")
        writer.beginObject()
        writer.field("grade", honesty.grade.rawValue)
        writer.key("reasons")
        encode(list: honesty.reasons)
        writer.endObject()
    }

    private mutating func encode(_ results: [ThresholdResult]) {
        writer.key("thresholds")
        writer.beginArray()
        for result in results {
            writer.beginObject()
            writer.field("expression", result.expression)
            if let threshold = result.threshold {
                if let scenario = threshold.scenario { writer.field("scenario", scenario) }
                writer.field("measure", threshold.measure.description)
                writer.field("bound", threshold.bound)
                writer.field("unit", threshold.measure.unit.rawValue)
            }
            writer.field("passed", result.isPassed)
            writer.field("actual", result.actual ?? .nan)
            if !result.reason.isEmpty { writer.field("reason", result.reason) }
            writer.endObject()
        }
        writer.endArray()
    }

    private mutating func encode(_ sources: [Summary.Source]) {
        writer.key("sources")
        writer.beginObject()
        for source in sources {
            let isUnique = sources.count { $0.key.source == source.key.source } == 1
            writer.key(isUnique ? source.key.source : "\(source.key.runID)/\(source.key.source)")
            writer.beginObject()
            writer.field("run_id", source.key.runID)
            writer.field("segment", source.segment)
            writer.field("complete", source.isComplete)
            writer.field("gaps", source.gaps)
            writer.field("duplicates", source.duplicates)
            if let reason = source.reason { writer.field("reason", reason.rawValue) }
            writer.field("started", source.figures.metrics.counts.started)
            writer.field("completed", source.figures.metrics.counts.completed)
            writer.endObject()
        }
        writer.endObject()
    }

    private mutating func encode(list: [String]) {
        writer.beginArray()
        for text in list { writer.value(text) }
        writer.endArray()
    }
}
