// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP

@Suite struct HTTPResponseScannerTests {
    static let cases =
        ResponseTable.startLines + ResponseTable.fields + ResponseTable.lengths + ResponseTable.connections
        + ResponseTable.chunks + ResponseTable.interims + ResponseTable.ends + ResponseTable.limits

    @Test func `the table has at least 120 rows, each with a story of its own`() {
        #expect(Self.cases.count >= 120)
        #expect(Set(Self.cases.map(\.story)).count == Self.cases.count)
    }

    @Test(arguments: cases)
    func `a response is read as its story says, however it is cut`(row: ResponseCase) {
        var scanner = HTTPResponseScanner(limits: tableLimits)
        #expect(row.read(cutAt: [], with: &scanner) == row.expected, "in one piece")
        #expect(row.read(cutAt: [], with: &scanner) == row.expected, "again, by the remembered head")
        #expect(row.read(cutAt: Array(0..<row.input.count), with: &scanner) == row.expected, "byte by byte")
        for cut in 0...row.input.count {
            #expect(row.read(cutAt: [cut], with: &scanner) == row.expected, "cut at \(cut)")
        }
    }

    @Test(arguments: cases)
    func `a response that follows another is read the same`(row: ResponseCase) {
        var scanner = HTTPResponseScanner(limits: tableLimits)
        for other in Self.cases {
            _ = other.read(cutAt: [], with: &scanner)
            let reading = row.read(cutAt: [], with: &scanner)
            #expect(reading == row.expected, "after: \(other.story)")
        }
    }

    @Test func `every error has a message of one line`() {
        let errors = Self.cases.compactMap(\.expected.error)
        for error in errors {
            #expect(!error.description.isEmpty && !error.description.contains("\n"))
            #expect(error.description != "malformed HTTP message")
        }
    }

    @Test func `watched headers give their first value, trimmed, whatever their case`() throws {
        var scanner = HTTPResponseScanner(watchedHeaders: ["X-Id", "retry-after", "Absent", "not a name"])
        let input = "HTTP/1.1 200 OK\r\nx-ID: \t one \t\r\nX-Id: two\r\nRetry-After:7\r\nContent-Length: 0\r\n\r\n"
        for _ in 0..<2 {
            scanner.begin()
            #expect(try scanner.feed(input) == input.utf8.count)
            #expect(scanner.watched.text(0) == "one")
            #expect(scanner.watched.text(1) == "7")
            #expect(scanner.watched.text(2) == nil)
            #expect(scanner.watched.text(3) == nil)
            #expect(scanner.watched.text(4) == nil)
            #expect(scanner.watched.text(-1) == nil)
        }
        scanner.begin()
        _ = try scanner.feed("HTTP/1.1 204 No\r\nX-Id: three\r\n\r\n")
        #expect(scanner.watched.text(0) == "three")
        #expect(scanner.watched.text(1) == nil)
    }

    @Test func `a watched header may be one the scanner reads itself`() throws {
        var scanner = HTTPResponseScanner(watchedHeaders: ["Content-Length", "Connection"])
        _ = try scanner.feed("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        #expect(scanner.watched.text(0) == "2")
        #expect(scanner.watched.text(1) == "close")
        #expect(scanner.keepsAlive == false)
    }

    @Test func `a folded watched value comes out on one line`() throws {
        var scanner = HTTPResponseScanner(watchedHeaders: ["X-Long"])
        _ = try scanner.feed("HTTP/1.1 204 No\r\nX-Long: a\r\n\tb\r\n  c\r\n\r\n")
        #expect(scanner.watched.text(0) == "a \tb   c")
    }

    @Test func `values seen in an interim response are forgotten`() throws {
        var scanner = HTTPResponseScanner(watchedHeaders: ["Link"])
        _ = try scanner.feed("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No\r\n\r\n")
        #expect(scanner.watched.text(0) == nil)
    }

    @Test func `the values of all lines of a name are kept, from a remembered head too`() throws {
        var scanner = HTTPResponseScanner(watchedHeaders: ["set-cookie", "x"])
        let cookies = (0..<300).map { "c\($0)=\($0)" }
        let head = cookies.map { "Set-Cookie: \($0)\r\n" }.joined()
        for _ in 0..<2 {
            scanner.begin()
            _ = try scanner.feed("HTTP/1.1 204 No Content\r\nX: 1\r\n\(head)x:2\r\n\r\n")
            var values: [String] = []
            scanner.watched.forEachValue(0) { values.append(String(decoding: $0, as: UTF8.self)) }
            #expect(values == cookies)
            #expect(scanner.watched.list(1) == Array("1, 2".utf8))
        }
    }

    struct ListRow: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let lines: [[UInt8]]
        let value: [UInt8]
        let isThere: Bool
    }

    static let lists = [
        ListRow(testDescription: "the first line", lines: [[1], [2]], value: [1], isThere: true),
        ListRow(testDescription: "the last line", lines: [[1], [2]], value: [2], isThere: true),
        ListRow(
            testDescription: "all lines as one list", lines: [[65], [66], [67]], value: Array("A, B, C".utf8),
            isThere: true),
        ListRow(testDescription: "part of a line", lines: [Array("A, B".utf8)], value: [65], isThere: false),
        ListRow(testDescription: "any value", lines: [[1]], value: [], isThere: true),
        ListRow(testDescription: "an empty line", lines: [[]], value: [], isThere: true),
        ListRow(testDescription: "no line", lines: [], value: [], isThere: false),
        ListRow(testDescription: "bytes of Latin-1", lines: [[0xE9]], value: [0xE9], isThere: true),
        ListRow(
            testDescription: "one accent as two", lines: [Array("\u{E9}".utf8)], value: Array("e\u{301}".utf8),
            isThere: false),
    ]

    @Test(arguments: lists)
    func `a value is that of one line, or that of all lines as one list`(row: ListRow) {
        var fields = WatchedFields(["other", "vary"])
        for (name, line) in [("other", row.value)] + row.lines.map({ ("vary", $0) }) {
            Array(name.utf8).withUnsafeBytes { name in line.withUnsafeBytes { fields.read(name: name, value: $0) } }
        }
        #expect(fields.contains(1, row.value) == row.isThere)
    }

    @Test func `bytes of head and body are counted apart`() throws {
        var scanner = HTTPResponseScanner()
        #expect(scanner.hasReceivedAnything == false)
        #expect(try scanner.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel") == 41)
        #expect(scanner.hasReceivedAnything && scanner.isHeadComplete && !scanner.isComplete)
        #expect(scanner.headBytes == 38 && scanner.bodyBytes == 3)
        #expect(try scanner.feed("loHTTP") == 2)
        #expect(scanner.isComplete && scanner.bodyBytes == 5)
        #expect(try scanner.feed("HTTP") == 0)
        scanner.begin()
        #expect(!scanner.hasReceivedAnything && scanner.headBytes == 0 && scanner.bodyBytes == 0)
        #expect(scanner.status == 0)
    }

    @Test func `an empty chunk changes nothing`() throws {
        var scanner = HTTPResponseScanner()
        #expect(try scanner.consume(UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
        #expect(scanner.hasReceivedAnything == false)
    }

    @Test func `a remembered head holds for a HEAD request too, without the body`() throws {
        var scanner = HTTPResponseScanner()
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        #expect(try scanner.feed(head + "hello") == 43)
        scanner.begin(isHeadRequest: true)
        #expect(try scanner.feed(head) == 38)
        #expect(scanner.isComplete && scanner.keepsAlive && scanner.status == 200 && scanner.headBytes == 38)
        scanner.begin()
        #expect(try scanner.feed(head + "hello") == 43)
    }

    @Test func `a head that differs from the remembered one in a single byte is read anew`() throws {
        var scanner = HTTPResponseScanner()
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        for (status, length) in [(200, 5), (200, 3), (201, 5), (200, 5)] {
            scanner.begin()
            let other = head.replacing("200", with: "\(status)").replacing("5", with: "\(length)")
            #expect(try scanner.feed(other + "hello") == 38 + length)
            #expect(scanner.status == status && scanner.bodyBytes == length)
        }
    }

    @Test func `an unfinished line is the only thing held back`() throws {
        var scanner = HTTPResponseScanner()
        _ = try scanner.feed("HTTP/1.1 200 OK\r\nServer: x\r\nConte")
        #expect(scanner.spilledBytes == 5)
        _ = try scanner.feed("nt-Length: 1000\r\n\r\n" + String(repeating: "x", count: 500))
        #expect(scanner.spilledBytes == 0)
    }
}

extension HTTPResponseScanner {
    mutating func feed(_ text: String) throws(HTTPParseError) -> Int {
        let bytes = Array(text.utf8)
        return try bytes.span.bytes.withUnsafeBytes { (bytes) throws(HTTPParseError) in try consume(bytes) }
    }
}

extension WatchedFields {
    /// The first value of the name with that index as text.
    func text(_ index: Int) -> String? { firstValue(index).map { String(decoding: $0, as: UTF8.self) } }
}
