// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON

/// A text and why it is in the table; `\xNN` stands for a byte that Swift source cannot hold.
struct GrammarRow: CustomTestStringConvertible, Sendable {
    let story: String
    let bytes: [UInt8]

    init(_ story: String, _ text: String) {
        self.story = story
        self.bytes = Array(text.utf8)
    }

    init(_ story: String, bytes: [UInt8]) {
        self.story = story
        self.bytes = bytes
    }

    var testDescription: String { story }
}

/// The classes of JSONTestSuite (Seriot, "Parsing JSON is a minefield"): y_ must be read, n_ refused; of its i_ rows,
/// those on which this scanner takes a side.
@Suite struct GrammarTests {
    /// Every way through the scanner must agree on what JSON is.
    private static func verdicts(_ bytes: [UInt8]) -> [Bool] {
        bytes.withUnsafeBytes { text in
            [
                accepts { () throws(JSONError) in _ = try JSONValue(parsing: text) },
                accepts { () throws(JSONError) in
                    var scanner = JSONScanner(text)
                    try scanner.skipValue()
                    try scanner.finish()
                },
                accepts { () throws(JSONError) in
                    var scanner = JSONScanner(text)
                    switch try scanner.peekKind() {
                    case .object: try scanner.readObject { _, _ in }
                    case .array: try scanner.readArray { _ in }
                    default: _ = try scanner.rawValue()
                    }
                    try scanner.finish()
                },
            ]
        }
    }

    private static func accepts(_ read: () throws(JSONError) -> Void) -> Bool {
        do throws(JSONError) {
            try read()
            return true
        } catch { return false }
    }

    @Test(arguments: GrammarRows.good)
    func `a well-formed text is read`(_ row: GrammarRow) {
        #expect(Self.verdicts(row.bytes) == [true, true, true])
    }

    @Test(arguments: GrammarRows.bad)
    func `a malformed text is refused, by reading and by skipping`(_ row: GrammarRow) {
        #expect(Self.verdicts(row.bytes) == [false, false, false])
    }

    @Test(arguments: GrammarRows.bad)
    func `a malformed value is refused where nobody reads it`(_ row: GrammarRow) {
        let text = Array(#"{"a":["#.utf8) + row.bytes + Array("]}".utf8)
        // An empty or blank element makes an empty array, and some faults heal inside brackets.
        let heals = ["nothing", "white space only", "two values", "comma after the value", "bracket after the array"]
        if heals.contains(row.story) { return }
        #expect(Self.verdicts(text) == [false, false, false])
    }

    @Test(arguments: GrammarRows.good)
    func `every proper prefix of a container is refused`(_ row: GrammarRow) {
        guard let last = row.bytes.last, last == UInt8(ascii: "]") || last == UInt8(ascii: "}") else { return }
        for length in 0..<row.bytes.count {
            #expect(Self.verdicts(Array(row.bytes[..<length])) == [false, false, false], "first \(length) bytes")
        }
    }

    @Test(arguments: [(64, true), (65, false), (100_000, false)])
    func `containers nest to the depth limit and no deeper`(depth: Int, isRead: Bool) {
        let arrays =
            [UInt8](repeating: UInt8(ascii: "["), count: depth)
            + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
        let objects =
            Array(String(repeating: #"{"a":"#, count: depth).utf8) + Array("1".utf8)
            + [UInt8](repeating: UInt8(ascii: "}"), count: depth)
        #expect(Self.verdicts(arrays).prefix(2) == [isRead, isRead])
        #expect(Self.verdicts(objects).prefix(2) == [isRead, isRead])
    }

    @Test func `the limit counts the containers around a skipped value`() {
        let text = Array(String(repeating: "[", count: 65).utf8) + Array(String(repeating: "]", count: 65).utf8)
        text.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            #expect(throws: JSONError(offset: 64, kind: .tooDeep)) {
                try scanner.readArray { (element) throws(JSONError) in
                    try element.readArray { _ in }
                }
            }
        }
    }
}
