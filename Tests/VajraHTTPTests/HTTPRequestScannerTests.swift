// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP

/// One row of the request table.
struct RequestCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let input: [UInt8]
    let expected: RequestReading

    init(_ story: String, _ input: String, _ expected: RequestReading) {
        testDescription = story
        self.input = Array(input.utf8)
        self.expected = expected
    }

    init(_ story: String, _ input: String, _ error: HTTPParseError) {
        self.init(story, input, RequestReading(error: error))
    }
}

/// What one request was read as.
struct RequestReading: Equatable, Sendable {
    var error: HTTPParseError?
    var method = "GET"
    var target = "/"
    var body = ""
    var keepsAlive = true
    var expectsContinue = false
    var rest = ""
}

@Suite struct HTTPRequestScannerTests {
    static let get = "GET / HTTP/1.1\r\nHost: h\r\n"
    static let post = "POST /p HTTP/1.1\r\nHost: h\r\n"

    static let cases: [RequestCase] = [
        RequestCase("a plain GET", "\(get)\r\n", RequestReading()),
        RequestCase("an empty line first", "\r\n\(get)\r\n", RequestReading()),
        RequestCase("two pipelined requests", "\(get)\r\n\(get)\r\n", RequestReading(rest: "\(get)\r\n")),
        RequestCase("close", "\(get)Connection: close\r\n\r\n", RequestReading(keepsAlive: false)),
        RequestCase("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", RequestReading(keepsAlive: false)),
        RequestCase("HTTP/1.0 kept alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", RequestReading()),
        RequestCase(
            "a long target", "GET /a%20b?c=d&e=\(String(repeating: "f", count: 40)) HTTP/1.1\r\nhost:h\r\n\r\n",
            RequestReading(target: "/a%20b?c=d&e=\(String(repeating: "f", count: 40))")),
        RequestCase(
            "the asterisk", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", RequestReading(method: "OPTIONS", target: "*")),
        RequestCase("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", RequestReading()),
        RequestCase(
            "a method of its own", "M-SEARCH / HTTP/1.1\r\nHost: h\r\n\r\n", RequestReading(method: "M-SEARCH")),
        RequestCase(
            "a body with length", "\(post)Content-Length: 5\r\n\r\nhelloX",
            RequestReading(method: "POST", target: "/p", body: "hello", rest: "X")),
        RequestCase(
            "a chunked body", "\(post)Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nA: b\r\n\r\nX",
            RequestReading(method: "POST", target: "/p", body: "hello", rest: "X")),
        RequestCase(
            "a client that waits for 100", "\(post)Expect: 100-Continue\r\nContent-Length: 2\r\n\r\nok",
            RequestReading(method: "POST", target: "/p", body: "ok", expectsContinue: true)),
        RequestCase(
            "an HTTP/1.0 client cannot wait for 100",
            "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok",
            RequestReading(method: "POST", body: "ok", keepsAlive: false)),
        RequestCase("a folded field", "\(get)X: a\r\n b\r\n\r\n", RequestReading()),
        RequestCase("no Host", "GET / HTTP/1.1\r\n\r\n", .missingHost),
        RequestCase("two Hosts", "\(get)Host: i\r\n\r\n", .repeatedHost(at: 25)),
        RequestCase("HTTP/0.9", "GET /\r\n", .badRequestLine(at: 0)),
        RequestCase("a line without spaces", "GET\r\n", .badRequestLine(at: 0)),
        RequestCase("a space first", " GET / HTTP/1.1\r\n", .badRequestLine(at: 0)),
        RequestCase("two spaces before the target", "GET  / HTTP/1.1\r\n", .badRequestLine(at: 0)),
        RequestCase("two spaces before the version", "GET /  HTTP/1.1\r\n", .badRequestLine(at: 0)),
        RequestCase("a space in the target", "GET /a b HTTP/1.1\r\n", .badRequestLine(at: 0)),
        RequestCase("something after the version", "GET / HTTP/1.1 x\r\n", .badRequestLine(at: 0)),
        RequestCase("http in small letters", "GET / http/1.1\r\n", .badRequestLine(at: 0)),
        RequestCase("a TLS hello", "\u{16}\u{3}\u{1} a b\r\n", .badMethod(at: 0)),
        RequestCase("a method that is no token", "G@T / HTTP/1.1\r\n", .badMethod(at: 0)),
        RequestCase("a target in UTF-8", "GET /é HTTP/1.1\r\n", .badTarget(at: 0)),
        RequestCase("a tab in the target", "GET /\t HTTP/1.1\r\n", .badTarget(at: 0)),
        RequestCase("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\n", .unsupportedVersion(at: 0)),
        RequestCase("a field without colon", "\(get)garbage\r\n\r\n", .fieldWithoutColon(at: 25)),
        RequestCase("a space before any colon", "\(get)X-Any : b\r\n\r\n", .spaceBeforeColon(at: 25)),
        RequestCase("a line that begins with a colon", "\(get):b\r\n\r\n", .emptyFieldName(at: 25)),
        RequestCase(
            "length and chunked, as smugglers send",
            "\(post)Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", .lengthAndTransferEncoding),
        RequestCase(
            "a coding that is not chunked", "\(post)Transfer-Encoding: gzip\r\n\r\n", .transferEncodingNotChunked),
        RequestCase(
            "the coding that was none", "\(post)Transfer-Encoding: identity\r\n\r\n", .transferEncodingNotChunked),
        RequestCase(
            "the coding that was none, and one", "\(post)Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
            .transferEncodingNotChunked),
        RequestCase(
            "chunked that is not last", "\(post)Transfer-Encoding: chunked, x\r\n\r\n", .transferEncodingNotChunked),
        RequestCase(
            "two lengths", "\(post)Content-Length: 4\r\nContent-Length: 5\r\n\r\n", .conflictingContentLength(4, 5)),
        RequestCase("a short body", "\(post)Content-Length: 4\r\n\r\nabc", .shortBody(missing: 1)),
        RequestCase("a client that goes away", "\(get)", .truncatedHead(at: 25)),
        RequestCase("a client that says nothing", "", .closedBeforeResponse),
        RequestCase(
            "a head beyond the limit", "\(get)X: \(String(repeating: "x", count: 300))", .headTooLarge(limit: 256)),
    ]

    @Test(arguments: cases)
    func `a request is read as its story says, however it is cut`(row: RequestCase) {
        var scanner = HTTPRequestScanner(limits: tableLimits)
        #expect(Self.read(row, cutAt: [], &scanner) == row.expected, "in one piece")
        #expect(Self.read(row, cutAt: Array(0..<row.input.count), &scanner) == row.expected, "byte by byte")
        for cut in 0...row.input.count {
            #expect(Self.read(row, cutAt: [cut], &scanner) == row.expected, "cut at \(cut)")
        }
    }

    static func read(_ row: RequestCase, cutAt cuts: [Int], _ scanner: inout HTTPRequestScanner) -> RequestReading {
        scanner.begin()
        var body: [UInt8] = []
        var used = 0
        do throws(HTTPParseError) {
            var start = 0
            for end in cuts + [row.input.count] where !scanner.isComplete {
                var found: [UInt8] = []
                used += try row.input[start..<end].span.bytes.withUnsafeBytes { (bytes) throws(HTTPParseError) in
                    try scanner.consume(bytes) { found.append(contentsOf: $0) }
                }
                body += found
                start = end
            }
            if !scanner.isComplete { try scanner.endOfInput() }
        } catch {
            return RequestReading(error: error)
        }
        return RequestReading(
            method: scanner.method, target: scanner.target, body: String(decoding: body, as: UTF8.self),
            keepsAlive: scanner.keepsAlive, expectsContinue: scanner.expectsContinue,
            rest: String(decoding: row.input[used...], as: UTF8.self))
    }

    @Test func `watched fields, target bytes and counts are given`() throws {
        var scanner = HTTPRequestScanner(watchedHeaders: ["X-Delay"])
        let input = Array("GET /slow HTTP/1.1\r\nHost: h\r\nX-Delay: 5ms\r\n\r\n".utf8)
        #expect(try input.withUnsafeBytes { try scanner.consume($0) } == input.count)
        #expect(scanner.watched.text(0) == "5ms")
        #expect(scanner.withTarget { Array($0) } == Array("/slow".utf8))
        #expect(scanner.headBytes == input.count && scanner.bodyBytes == 0)
        #expect(scanner.isHeadComplete && scanner.hasReceivedAnything && scanner.spilledBytes == 0)
    }

    @Test func `errors say which status to answer with`() {
        #expect(HTTPParseError.headTooLarge(limit: 1).responseStatus == 431)
        #expect(HTTPParseError.unsupportedVersion(at: 0).responseStatus == 505)
        #expect(HTTPParseError.missingHost.responseStatus == 400)
    }
}
