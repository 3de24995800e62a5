// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraMetrics

/// Reads one line at a time; keeps its buffers.
package struct LineDecoder: ~Copyable {
    private var histograms = HistogramDecoder()
    private var plainIterations = PlainIterationReader()

    package init() {}

    /// Reads a line (without its newline). Unknown types come back as `.other`, unknown fields are skipped.
    ///
    /// - Throws: ``WireError``: not JSON, another version, a field missing or contradictory.
    package mutating func decode(_ line: UnsafeRawBufferPointer) throws(WireError) -> (Envelope, LineBody) {
        if let (envelope, iteration) = plainIterations.read(line) { return (envelope, .iteration(iteration)) }
        let (envelope, type) = try LineDecoder.envelope(of: line)
        var scanner = JSONScanner(line)
        switch LineType(rawValue: type) {
        case .runStarted: return (envelope, .runStarted(try RunStarted(decoding: &scanner)))
        case .snapshot: return (envelope, .snapshot(try Snapshot(decoding: &scanner, with: &histograms)))
        case .iteration:
            let iteration = try IterationLine(decoding: &scanner)
            plainIterations.learn(from: line, envelope)
            return (envelope, .iteration(iteration))
        case .log: return (envelope, .log(try LogLine(decoding: &scanner)))
        case .event: return (envelope, .event(try EventLine(decoding: &scanner)))
        case .runEnded: return (envelope, .runEnded(try RunEnded(decoding: &scanner, with: &histograms)))
        case .span, .aggregate, .summary, nil: return (envelope, .other(type))
        }
    }

    private static func envelope(of line: UnsafeRawBufferPointer) throws(WireError) -> (Envelope, type: String) {
        var envelope = Envelope(runID: "", source: "", sequence: 0)
        var type = ""
        var version: Int64?
        do throws(JSONError) {
            var scanner = JSONScanner(line)
            try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
                switch key {
                case "type": type = try value.readString()
                case "v": version = try value.readInt64()
                case "run_id": envelope.runID = try value.readString()
                case "source": envelope.source = try value.readString()
                case "seq": envelope.sequence = try value.readCount()
                default: try value.skipValue()
                }
            }
            try scanner.finish()
        } catch {
            throw .json(error)
        }
        if type.isEmpty { throw .missing("type") }
        guard let version else { throw .missing("v") }
        guard version == WireFormat.version else { throw .version(version) }
        if envelope.runID.isEmpty { throw .missing("run_id") }
        if envelope.source.isEmpty { throw .missing("source") }
        if envelope.sequence == 0 { throw .invalid(field: "seq", reason: "it must be 1 or more") }
        return (envelope, type)
    }
}
