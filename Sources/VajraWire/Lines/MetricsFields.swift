// SPDX-License-Identifier: Apache-2.0

package import VajraJSON
package import VajraMetrics

/// Reads and writes the counts and histograms that `snapshot`, `run_ended`, `aggregate` and `summary` share.
package enum MetricsFields {
    /// Writes the counts that every line about a scenario has.
    package static func encode(_ counts: ScenarioCounts, inFlight: UInt64, into writer: inout JSONWriter) {
        writer.field("planned", counts.planned)
        writer.field("started", counts.started)
        writer.field("completed", counts.completed)
        writer.field("succeeded", counts.succeeded)
        writer.field("failed", counts.failed)
        writer.key("failures")
        writer.beginObject()
        for (kind, count) in counts.failures.sorted {
            writer.key(kind)
            writer.value(count)
        }
        writer.endObject()
        writer.key("status")
        writer.beginObject()
        for (name, count) in counts.statuses.sorted {
            writer.key(name)
            writer.value(count)
        }
        writer.endObject()
        writer.field("dropped", counts.dropped)
        writer.field("in_flight", inFlight)
        writer.field("bytes_sent", counts.bytesSent)
        writer.field("bytes_received", counts.bytesReceived)
    }

    static func encodeHistograms(
        of metrics: ScenarioMetrics, with encoder: inout HistogramEncoder, into writer: inout JSONWriter
    ) throws(HistogramCodingError) {
        try encode("response_time_hdr", metrics.responseTime, with: &encoder, into: &writer)
        try encode("service_time_hdr", metrics.serviceTime, with: &encoder, into: &writer)
        try encode("lag_hdr", metrics.lag, with: &encoder, into: &writer)
        try encode("pacing_lag_hdr", metrics.pacingLag, with: &encoder, into: &writer)
    }

    static func encode(
        _ key: StaticString, _ histogram: Histogram, with encoder: inout HistogramEncoder, into writer: inout JSONWriter
    ) throws(HistogramCodingError) {
        var text: [UInt8] = []
        try encoder.append(histogram, to: &text)
        writer.key(key)
        writer.value(utf8: text)
    }

    /// Reads the field if it is one of these; false leaves it unread.
    static func decode(
        _ key: JSONKey, _ value: inout JSONScanner, into metrics: inout ScenarioMetrics, inFlight: inout UInt64,
        with decoder: inout HistogramDecoder
    ) throws(JSONError) -> Bool {
        switch key {
        case "planned": metrics.counts.planned = try value.readCount()
        case "started": metrics.counts.started = try value.readCount()
        case "completed": metrics.counts.completed = try value.readCount()
        case "succeeded": metrics.counts.succeeded = try value.readCount()
        case "failed": try value.skipValue()
        case "failures":
            try value.readObject { (kind: JSONKey, value: inout JSONScanner) throws(JSONError) in
                metrics.counts.failures.add(String(kind), try value.readCount())
            }
        case "status":
            try value.readObject { (name: JSONKey, value: inout JSONScanner) throws(JSONError) in
                metrics.counts.statuses.add(name: String(name), count: try value.readCount())
            }
        case "dropped": metrics.counts.dropped = try value.readCount()
        case "in_flight": inFlight = try value.readCount()
        case "bytes_sent": metrics.counts.bytesSent = try value.readCount()
        case "bytes_received": metrics.counts.bytesReceived = try value.readCount()
        case "response_time_hdr": metrics.responseTime = try histogram(&value, with: &decoder)
        case "service_time_hdr": metrics.serviceTime = try histogram(&value, with: &decoder)
        case "lag_hdr": metrics.lag = try histogram(&value, with: &decoder)
        case "pacing_lag_hdr": metrics.pacingLag = try histogram(&value, with: &decoder)
        default: return false
        }
        return true
    }

    private static func histogram(
        _ value: inout JSONScanner, with decoder: inout HistogramDecoder
    ) throws(JSONError) -> Histogram {
        let offset = value.offset
        let result = try value.readStringBytes { text in
            do throws(HistogramCodingError) {
                return Result<Histogram, HistogramCodingError>.success(try decoder.decode(base64: text))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let histogram): return histogram
        case .failure(let error): throw JSONError(offset: offset, kind: .rejected("not a histogram: \(error)"))
        }
    }
}
