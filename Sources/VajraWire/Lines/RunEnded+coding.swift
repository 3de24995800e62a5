// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraMetrics

extension RunEnded {
    func encode(
        into writer: inout JSONWriter, with encoder: inout HistogramEncoder
    ) throws(HistogramCodingError) {
        writer.field("reason", reason.rawValue)
        if signal != 0 { writer.field("signal", Int(signal)) }
        if !message.isEmpty { writer.field("message", message) }
        writer.field("part", part)
        writer.field("parts", parts)
        writer.field("end_unix_us", endUnixMicroseconds)
        writer.key("scenarios")
        writer.beginObject()
        for scenario in scenarios {
            writer.key(scenario.name)
            writer.beginObject()
            writer.field("load_ns", scenario.loadTime)
            writer.field("planned_ns", scenario.plannedTime)
            writer.field("drift", scenario.drift)
            let counts = scenario.metrics.counts
            MetricsFields.encode(counts, inFlight: counts.inFlight, into: &writer)
            try MetricsFields.encodeHistograms(of: scenario.metrics, with: &encoder, into: &writer)
            writer.endObject()
        }
        writer.endObject()
        health.encode(into: &writer)
        writer.key("lines")
        writer.beginObject()
        for (type, count) in lines {
            writer.key(type)
            writer.value(count)
        }
        writer.endObject()
    }

    init(decoding scanner: inout JSONScanner, with decoder: inout HistogramDecoder) throws(WireError) {
        self.init(reason: .failed, endUnixMicroseconds: 0, scenarios: [], health: Health())
        var reasonText = ""
        do throws(JSONError) {
            try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
                switch key {
                case "reason": reasonText = try value.readString()
                case "signal": signal = Int32(clamping: try value.readAmount())
                case "message": message = try value.readString()
                case "part": part = Int(try value.readAmount())
                case "parts": parts = Int(try value.readAmount())
                case "end_unix_us": endUnixMicroseconds = try value.readAmount()
                case "scenarios":
                    try value.readObject { (name: JSONKey, value: inout JSONScanner) throws(JSONError) in
                        scenarios.append(try Scenario(name: String(name), decoding: &value, with: &decoder))
                    }
                case "lines":
                    try value.readObject { (type: JSONKey, value: inout JSONScanner) throws(JSONError) in
                        lines.append((String(type), try value.readCount()))
                    }
                default:
                    if try !health.decode(key, &value) { try value.skipValue() }
                }
            }
        } catch {
            throw .json(error)
        }
        guard let reason = EndReason(rawValue: reasonText) else {
            let allowed = EndReason.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(field: "reason", reason: "'\(reasonText)' is not one of \(allowed)")
        }
        self.reason = reason
        guard (1...10_000).contains(parts), (1...parts).contains(part) else {
            throw .invalid(field: "part", reason: "part \(part) of \(parts)")
        }
        for scenario in scenarios { try scenario.metrics.check() }
    }
}

extension RunEnded.Scenario {
    /// How far the achieved arrival rate was from the planned one: started ÷ load time against planned ÷ planned time,
    /// minus 1. 0 when nothing was planned.
    package var drift: Double {
        let counts = metrics.counts
        guard counts.planned > 0, loadTime > 0, plannedTime > 0 else { return 0 }
        let achieved = Double(counts.started) / Double(loadTime)
        return achieved / (Double(counts.planned) / Double(plannedTime)) - 1
    }

    fileprivate init(
        name: String, decoding scanner: inout JSONScanner, with decoder: inout HistogramDecoder
    ) throws(JSONError) {
        self.init(name: name, metrics: ScenarioMetrics(), loadTime: 0, plannedTime: 0)
        var inFlight: UInt64 = 0
        try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
            switch key {
            case "load_ns": loadTime = try value.readAmount()
            case "planned_ns": plannedTime = try value.readAmount()
            default:
                if try !MetricsFields.decode(key, &value, into: &metrics, inFlight: &inFlight, with: &decoder) {
                    try value.skipValue()
                }
            }
        }
    }
}
