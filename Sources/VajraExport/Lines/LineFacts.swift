// SPDX-License-Identifier: Apache-2.0

package import VajraJSON
package import VajraWire

/// What an exporter needs to know of any line: its run and source, its number and its time.
package struct LineFacts: Sendable, Equatable {
    /// The type; nil is one that this build does not know, or none.
    package var type: LineType?
    /// The run's id; empty when the line has none.
    package var runID = ""
    /// The source's name; empty when the line has none.
    package var source = ""
    /// The line's number in its source, from 1 to 2^53; 0 when the line has none.
    package var sequence: UInt64 = 0
    /// Into how many lines the source's end is split; 1 for all other lines.
    package var parts: UInt64 = 1
    /// The earliest and latest instant that the line speaks of, microseconds since the Unix epoch; nil without one.
    package var firstUnixMicroseconds: Int64?
    package var lastUnixMicroseconds: Int64?

    /// A line that says nothing.
    package init() {}
}

/// Reads the facts of one line after another. Strings that repeat from line to line are built once.
package struct LineFactsReader: Sendable {
    /// The longest name; a longer one counts as none, so that no line makes the manifest large.
    package static let nameLimit = 256

    private var type = RepeatedText()
    private var runID = RepeatedText()
    private var source = RepeatedText()
    private var knownType: LineType?

    package init() {}

    /// The facts of a line without its newline. A field of an unexpected kind counts as missing: an exporter keeps
    /// lines, it does not judge them.
    ///
    /// - Throws: ``JSONError`` when the line is not a JSON object.
    package mutating func read(_ line: UnsafeRawBufferPointer) throws(JSONError) -> LineFacts {
        var facts = LineFacts()
        var scanner = JSONScanner(line)
        try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
            switch key {
            case "type":
                if type.read(from: &value) { knownType = LineType(rawValue: type.text) }
                facts.type = type.isPresent ? knownType : nil
            case "run_id":
                _ = runID.read(from: &value)
                facts.runID = runID.isPresent ? runID.text : ""
            case "source":
                _ = source.read(from: &value)
                facts.source = source.isPresent ? source.text : ""
            case "seq": facts.sequence = LineFactsReader.number(&value) ?? 0
            case "parts": facts.parts = LineFactsReader.number(&value) ?? 1
            case "time_unix_us", "start_unix_us", "end_unix_us", "started_unix_us", "ended_unix_us":
                if let instant = try? value.readInt64() { facts.note(instant) }
            default: try value.skipValue()
            }
        }
        try scanner.finish()
        return facts
    }

    /// A count that a double holds exactly, as every number of the stream must be; else nil.
    private static func number(_ value: inout JSONScanner) -> UInt64? {
        guard let number = try? value.readUInt64(), number <= 1 << 53 else { return nil }
        return number
    }
}

extension LineFacts {
    fileprivate mutating func note(_ instant: Int64) {
        firstUnixMicroseconds = min(firstUnixMicroseconds ?? .max, instant)
        lastUnixMicroseconds = max(lastUnixMicroseconds ?? .min, instant)
    }
}

/// A string field that mostly has the value it had in the line before.
private struct RepeatedText: Sendable {
    private(set) var text = ""
    private(set) var isPresent = false

    /// Reads the field; true when the text has changed.
    mutating func read(from scanner: inout JSONScanner) -> Bool {
        isPresent = false
        let changed = try? scanner.readStringBytes { (bytes) throws(JSONError) -> Bool in
            guard bytes.count <= LineFactsReader.nameLimit else { return false }
            isPresent = true
            if text.utf8.elementsEqual(bytes) { return false }
            text = String(decoding: bytes, as: UTF8.self)
            return true
        }
        return changed ?? false
    }
}
