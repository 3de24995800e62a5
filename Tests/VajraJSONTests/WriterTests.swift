// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON

@Suite struct WriterTests {
    private static func text(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `a record comes out flat, with commas where they belong`() {
        let text = Self.text { writer in
            writer.beginObject()
            writer.field("type", "snapshot")
            writer.field("v", 1)
            writer.field("seq", UInt64.max)
            writer.field("lag_ns", Int64.min)
            writer.field("rate", 0.1)
            writer.field("ok", false)
            writer.field("url", utf8: Array("/é".utf8))
            writer.key("failures")
            writer.beginObject()
            writer.endObject()
            writer.key("list")
            writer.beginArray()
            writer.value(1)
            writer.null()
            writer.beginArray()
            writer.endArray()
            writer.value("x")
            writer.rawValue(Array(#"{"raw":[1]}"#.utf8))
            writer.endArray()
            let name = "made \"up\""
            writer.key(name)
            writer.value(true)
            writer.endObject()
            writer.endLine()
            writer.beginObject()
            writer.endObject()
            writer.endLine()
        }
        #expect(
            text == #"{"type":"snapshot","v":1,"seq":18446744073709551615,"lag_ns":-9223372036854775808,"rate":0.1,"#
                + #""ok":false,"url":"/é","failures":{},"list":[1,null,[],"x",{"raw":[1]}],"made \"up\"":true}"#
                + "\n{}\n"
        )
    }

    @Test(arguments: [
        ("", #""""#), ("a\"b\\c/d", #""a\"b\\c/d""#), ("\n\r\t", #""\n\r\t""#),
        ("\u{0}\u{8}\u{C}\u{1F}\u{7F}", "\"\\u0000\\u0008\\u000c\\u001f\u{7F}\""), ("é€😀\u{2028}", "\"é€😀\u{2028}\""),
        ("12345678\"", #""12345678\"""#), ("1234567\"9", #""1234567\"9""#),
    ])
    func `a string has the escapes it needs and no others`(string: String, json: String) {
        #expect(Self.text { $0.value(string) } == json)
        #expect(Self.text { $0.value(utf8: Array(string.utf8)) } == json)
    }

    @Test func `every integer at a border of its digits is right`() {
        var numbers: [UInt64] = [0, .max, UInt64(Int64.max), UInt64(Int64.max) + 1]
        var power: UInt64 = 1
        for _ in 0..<19 {
            power *= 10
            numbers += [power - 1, power, power + 1, power / 2]
        }
        for number in numbers {
            #expect(Self.text { $0.value(number) } == "\(number)")
            let signed = Int64(bitPattern: number)
            #expect(Self.text { $0.value(signed) } == "\(signed)")
            #expect(Self.text { $0.value(Int(signed)) } == "\(signed)")
        }
    }

    @Test(arguments: [
        (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (0.1, "0.1"), (10_000, "10000.0"), (1e16, "1e+16"),
        (1.0 / 3, "0.3333333333333333"), (.leastNonzeroMagnitude, "5e-324"),
        (-.greatestFiniteMagnitude, "-1.7976931348623157e+308"), (.nan, "null"), (.infinity, "null"),
        (-.infinity, "null"),
    ])
    func `a double is its shortest exact decimal, or null when JSON has none`(number: Double, json: String) {
        #expect(Self.text { $0.value(number) } == json)
    }

    @Test func `bytes that are not UTF-8 become replacement characters, one for each broken prefix`() {
        var random = SeededRandom(stream: 1)
        let pool: [UInt8] = [
            0x00, 0x1F, 0x22, 0x41, 0x5C, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
            0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
        ]
        for round in 0..<20_000 {
            let bytes = (0..<random.below(20)).map { _ in random.pick(pool) }
            var writer = JSONWriter(capacity: 0)
            writer.value(utf8: bytes)
            let read = try? JSONValue(parsing: writer.bytes)
            guard read == .string(String(decoding: bytes, as: UTF8.self)) else {
                Issue.record("seed \(random.seed), round \(round): \(bytes) read back as \(String(describing: read))")
                return
            }
        }
    }

    @Test func `the buffer grows as needed and keeps its size when emptied`() {
        var writer = JSONWriter(capacity: 0)
        let long = String(repeating: "é\"", count: 100_000)
        writer.value(long)
        #expect((try? JSONValue(parsing: writer.bytes)) == .string(long))
        let capacity = writer.capacity
        writer.removeAll()
        #expect(writer.count == 0 && writer.capacity == capacity)
        writer.removeAll(keepingCapacity: false)
        #expect(writer.capacity == 64)
        writer.reserve(5000)
        #expect(writer.capacity >= 5000 && writer.bytes.isEmpty)
    }

    @Test func `a copy of a writer goes its own way`() {
        var first = JSONWriter()
        first.value(1)
        var second = first
        second.endLine()
        first.endLine()
        second.value(2)
        first.value(3)
        #expect(first.bytes == Array("1\n3".utf8))
        #expect(second.bytes == Array("1\n2".utf8))
    }

    @Test func `an empty raw value is null, so that the text stays whole`() {
        #expect(Self.text { $0.rawValue([]) } == "null")
    }

    @Test func `what was written is lent without a copy`() {
        var writer = JSONWriter()
        writer.value("abc")
        #expect(writer.withUnsafeBytes { Array($0) } == writer.bytes)
        #expect(writer.openContainers == 0)
    }
}
