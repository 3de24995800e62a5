// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VajraJSON

/// Foundation as the oracle, 100 000 lines each way. `VAJRA_TEST_SEED` varies the lines; a failure prints the seed.
@Suite struct DifferentialTests {
    private static let lines = 100_000

    @Test func `Foundation reads what the writer writes as the same values`() throws {
        var random = SeededRandom(stream: 10)
        var writer = JSONWriter()
        for line in 0..<Self.lines {
            let tree = random.object(members: random.below(8), depth: 1)
            writer.removeAll()
            tree.write(to: &writer)
            let read = try? JSONSerialization.jsonObject(with: Data(writer.bytes))
            guard let read, isSame(tree, read) else {
                Issue.record("seed \(random.seed), line \(line): \(String(decoding: writer.bytes, as: UTF8.self))")
                return
            }
        }
    }

    @Test func `the scanner reads what Foundation writes as the same values`() throws {
        var random = SeededRandom(stream: 11)
        for line in 0..<Self.lines {
            let object = foundationObject(random.object(members: random.below(8), depth: 1))
            let options: JSONSerialization.WritingOptions = line % 8 == 0 ? [.prettyPrinted] : []
            let bytes = Array(try JSONSerialization.data(withJSONObject: object, options: options))
            guard let tree = try? JSONValue(parsing: bytes), isSame(tree, object) else {
                Issue.record("seed \(random.seed), line \(line): \(String(decoding: bytes, as: UTF8.self))")
                return
            }
        }
    }

    @Test func `records go both ways between Codable and the hand-written pair`() throws {
        var random = SeededRandom(stream: 12)
        let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
        var writer = JSONWriter()
        for line in 0..<Self.lines {
            let record = Record(&random)
            writer.removeAll()
            record.write(to: &writer)
            let scanned = try? Record(scanning: Array(try encoder.encode(record)))
            let decoded = try? decoder.decode(Record.self, from: Data(writer.bytes))
            guard scanned == record, decoded == record else {
                Issue.record("seed \(random.seed), line \(line): \(record), \(String(describing: (scanned, decoded)))")
                return
            }
        }
    }

    @Test func `mutated lines are accepted and refused as Foundation does`() throws {
        var random = SeededRandom(stream: 13)
        var writer = JSONWriter()
        var (accepted, refused, disputed) = (0, 0, 0)
        for line in 0..<Self.lines {
            writer.removeAll()
            random.object(members: 1 + random.below(4), depth: 2).write(to: &writer)
            let bytes = random.mutated(writer.bytes)
            let ours = Self.isAccepted(bytes)
            if ours == Self.isAcceptedByFoundation(bytes) {
                if ours { accepted += 1 } else { refused += 1 }
            } else if Self.isDeliberate(bytes, ours: ours) {
                disputed += 1
            } else {
                let text = String(decoding: bytes, as: UTF8.self)
                Issue.record("seed \(random.seed), line \(line), ours \(ours): \(text), bytes \(bytes)")
                return
            }
        }
        #expect(accepted > Self.lines / 20 && refused > Self.lines / 4, "the mutations are too tame or too wild")
        #expect(disputed < Self.lines / 20)
    }

    /// Whether the two may differ on `bytes`: where Foundation departs from RFC 8259, and only there.
    ///
    /// - A comma before the closing bracket: Foundation takes `[1,]`, the grammar (4, 5) does not. Without the commas
    ///   both must agree again.
    /// - A zero among the first four bytes: Foundation guesses UTF-16 or UTF-32, which 8.1 forbids between systems.
    private static func isDeliberate(_ bytes: [UInt8], ours: Bool) -> Bool {
        if ours { return false }
        if bytes.prefix(4).contains(0) { return true }
        var bytes = bytes
        while let comma = trailingComma(bytes) { bytes.remove(at: comma) }
        return isAccepted(bytes) == isAcceptedByFoundation(bytes)
    }

    /// The comma before a closing bracket that makes the scanner refuse `bytes`, if that is why it does.
    private static func trailingComma(_ bytes: [UInt8]) -> Int? {
        do throws(JSONError) {
            _ = try JSONValue(parsing: bytes)
            return nil
        } catch {
            switch error.kind {
            case .unexpectedByte(UInt8(ascii: "}"), .key), .unexpectedByte(UInt8(ascii: "]"), .value):
                let before = bytes[..<error.offset].lastIndex { !" \t\r\n".utf8.contains($0) }
                return before.flatMap { bytes[$0] == UInt8(ascii: ",") ? $0 : nil }
            default: return nil
            }
        }
    }

    private static func isAccepted(_ bytes: [UInt8]) -> Bool {
        (try? JSONValue(parsing: bytes)) != nil
    }

    private static func isAcceptedByFoundation(_ bytes: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])) != nil
    }
}

/// A flat record with every type that the stream's lines have.
private struct Record: Codable, Equatable {
    var type: String
    var seq: UInt64
    var lag_ns: Int64
    var rate: Double
    var ok: Bool
    var kind: String?

    init(_ random: inout SeededRandom) {
        type = random.string()
        seq = random.next() >> UInt64(random.below(64))
        lag_ns = random.integer()
        rate = random.double()
        ok = random.below(2) == 0
        kind = random.below(2) == 0 ? nil : random.string()
    }

    init(scanning bytes: [UInt8]) throws {
        var record = Record(type: "", seq: 0, lag_ns: 0, rate: 0, ok: false, kind: nil)
        try bytes.withUnsafeBytes { buffer in
            var scanner = JSONScanner(buffer)
            try scanner.readObject { key, value throws(JSONError) in
                switch key {
                case "type": record.type = try value.readString()
                case "seq": record.seq = try value.readUInt64()
                case "lag_ns": record.lag_ns = try value.readInt64()
                case "rate": record.rate = try value.readDouble()
                case "ok": record.ok = try value.readBool()
                case "kind": record.kind = try value.readNull() ? nil : value.readString()
                default: break
                }
            }
            try scanner.finish()
        }
        self = record
    }

    private init(type: String, seq: UInt64, lag_ns: Int64, rate: Double, ok: Bool, kind: String?) {
        (self.type, self.seq, self.lag_ns, self.rate, self.ok, self.kind) = (type, seq, lag_ns, rate, ok, kind)
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("type", type)
        writer.field("seq", seq)
        writer.field("lag_ns", lag_ns)
        writer.field("rate", rate)
        writer.field("ok", ok)
        writer.key("kind")
        if let kind { writer.value(kind) } else { writer.null() }
        writer.endObject()
    }
}

/// Whether Foundation's untyped `object` holds exactly what `tree` does. Numbers compare as the tree has them, because
/// NSNumber does not keep whether a whole number had a point; strings by scalars, so that no normal form hides a fault.
private func isSame(_ tree: JSONValue, _ object: Any) -> Bool {
    switch tree {
    case .null: return object is NSNull
    case .bool(let flag): return object as? Bool == flag
    case .int(let number): return (object as? NSNumber)?.int64Value == number
    // By its digits: of many digits Foundation makes an NSDecimalNumber, whose doubleValue is off by an ulp.
    case .double(let number): return (object as? NSNumber).flatMap { Double($0.stringValue) } == number
    case .string(let string): return (object as? String).map { $0.utf8.elementsEqual(string.utf8) } ?? false
    case .array(let elements):
        guard let array = object as? [Any], array.count == elements.count else { return false }
        return zip(elements, array).allSatisfy { isSame($0, $1) }
    case .object(let members):
        guard let dictionary = object as? [String: Any], dictionary.count == members.count else { return false }
        return members.allSatisfy { name, value in dictionary[name].map { isSame(value, $0) } ?? false }
    }
}

/// The tree as Foundation's writer takes it.
private func foundationObject(_ tree: JSONValue) -> Any {
    switch tree {
    case .null: NSNull()
    case .bool(let flag): flag
    case .int(let number): number
    case .double(let number): number
    case .string(let string): string
    case .array(let elements): elements.map(foundationObject)
    case .object(let members): Dictionary(uniqueKeysWithValues: members.map { ($0, foundationObject($1)) })
    }
}

extension SeededRandom {
    /// `bytes` with one to three bytes replaced, removed, inserted, doubled or cut off, mostly by bytes JSON cares for.
    fileprivate mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        let telling = Array("{}[]:,\"\\/ \t\n\r0123456789-+.eEtfnu".utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xFF]
        var bytes = bytes
        for _ in 0...below(3) where !bytes.isEmpty {
            let at = below(bytes.count)
            switch below(6) {
            case 0: bytes[at] = UInt8(below(256))
            case 1: bytes[at] = pick(telling)
            case 2: bytes.remove(at: at)
            case 3: bytes.insert(pick(telling), at: at)
            case 4: bytes.insert(bytes[at], at: at)
            default: if below(4) == 0 { bytes.removeSubrange(at...) }
            }
        }
        return bytes
    }
}
