// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP

@Suite struct HTTPEncoderTests {
    static func text(_ encoder: HTTPRequestEncoder) throws -> String {
        String(decoding: try encoder.encoded(), as: UTF8.self)
    }

    @Test func `a GET has the default fields and no length`() throws {
        let encoder = HTTPRequestEncoder(target: "/x?y", host: "h:1", version: "1.0")
        let expected = "GET /x?y HTTP/1.1\r\nHost: h:1\r\nUser-Agent: vajra-gen/1.0\r\nAccept: */*\r\n\r\n"
        #expect(try Self.text(encoder) == expected)
    }

    @Test(arguments: [
        ("POST", nil, "Content-Length: 0\r\n\r\n"), ("PUT", nil, "Content-Length: 0\r\n\r\n"),
        ("PATCH", nil, "Content-Length: 0\r\n\r\n"), ("DELETE", nil, "Accept: */*\r\n\r\n"),
        ("GET", "", "Content-Length: 0\r\n\r\n"), ("GET", "hi", "Content-Length: 2\r\n\r\nhi"),
        ("POST", "hi", "Content-Length: 2\r\n\r\nhi"),
    ])
    func `the length is announced when there is a body or the method has one`(
        method: String, body: String?, end: String
    ) throws {
        let encoder = HTTPRequestEncoder(method: method, host: "h", body: body.map { Array($0.utf8) }, version: "1")
        #expect(try Self.text(encoder).hasSuffix(end))
    }

    @Test func `given fields override the defaults, case ignored, and keep their order`() throws {
        let fields = [
            HTTPField("ACCEPT", "text/html"), HTTPField("x-a", "1"), HTTPField("host", "other"),
            HTTPField("User-agent", "me"), HTTPField("X-a", "2"), HTTPField("content-LENGTH", "2"),
            HTTPField("authorization", "Bearer t"),
        ]
        let encoder = HTTPRequestEncoder(
            host: "h", fields: fields, body: [104, 105],
            credentials: HTTPCredentials(user: [117], password: []), version: "1")
        let expected =
            "GET / HTTP/1.1\r\nACCEPT: text/html\r\nx-a: 1\r\nhost: other\r\nUser-agent: me\r\nX-a: 2\r\n"
            + "content-LENGTH: 2\r\nauthorization: Bearer t\r\n\r\nhi"
        #expect(try Self.text(encoder) == expected)
    }

    @Test func `credentials become Authorization`() throws {
        let credentials = HTTPCredentials(user: Array("u".utf8), password: Array("p".utf8))
        let encoder = HTTPRequestEncoder(host: "h", credentials: credentials, version: "1")
        #expect(try Self.text(encoder).contains("\r\nAuthorization: Basic dTpw\r\n"))
    }

    static let refused: [(HTTPRequestEncoder, HTTPEncodeError)] = [
        (HTTPRequestEncoder(method: "", host: "h", version: "1"), .badMethod("", at: 0)),
        (HTTPRequestEncoder(method: "GE T", host: "h", version: "1"), .badMethod("GE T", at: 2)),
        (HTTPRequestEncoder(method: "GET\r\n", host: "h", version: "1"), .badMethod("GET\r\n", at: 3)),
        (HTTPRequestEncoder(method: "CONNECT", host: "h", version: "1"), .connectUnsupported),
        (HTTPRequestEncoder(target: "", host: "h", version: "1"), .badTarget("", at: 0)),
        (HTTPRequestEncoder(target: "/a b", host: "h", version: "1"), .badTarget("/a b", at: 2)),
        (HTTPRequestEncoder(target: "/é", host: "h", version: "1"), .badTarget("/é", at: 1)),
        (HTTPRequestEncoder(host: "h\r\nX: y", version: "1"), .badFieldValue(name: "Host", at: 1)),
        (HTTPRequestEncoder(host: "h", version: "1\n"), .badFieldValue(name: "User-Agent", at: 1)),
        (request([HTTPField("", "x")]), .badFieldName("", at: 0)),
        (request([HTTPField("X Y", "x")]), .badFieldName("X Y", at: 1)),
        (request([HTTPField("X:", "x")]), .badFieldName("X:", at: 1)),
        (request([HTTPField("X", "a\r\nEvil: b")]), .badFieldValue(name: "X", at: 1)),
        (request([HTTPField("X", "a\0")]), .badFieldValue(name: "X", at: 1)),
        (request([HTTPField("X", "\u{7F}")]), .badFieldValue(name: "X", at: 0)),
        (request([HTTPField("Host", "a"), HTTPField("HOST", "b")]), .repeatedField("host")),
        (request([HTTPField("Content-Length", "5")]), .contentLengthMismatch(given: "5", body: 0)),
        (request([HTTPField("Content-Length", "+0")]), .contentLengthMismatch(given: "+0", body: 0)),
        (request([HTTPField("Transfer-Encoding", "chunked")]), .transferEncodingUnsupported),
    ]

    static func request(_ fields: [HTTPField]) -> HTTPRequestEncoder {
        HTTPRequestEncoder(host: "h", fields: fields, version: "1")
    }

    @Test(arguments: refused.indices)
    func `a part that breaks the grammar is refused with a message`(index: Int) {
        let (encoder, expected) = Self.refused[index]
        let error = #expect(throws: HTTPEncodeError.self) { try encoder.encoded() }
        #expect(error == expected)
        #expect(error?.description.isEmpty == false)
    }

    @Test func `parts are the request without what only HTTP 1 writes`() throws {
        let encoder = HTTPRequestEncoder(
            method: "PUT", target: "/a?b", host: "h:81", fields: [HTTPField("X-a", "1")], body: [1, 2], version: "1")
        let parts = try encoder.parts()
        #expect(parts.method == Array("PUT".utf8) && parts.target == Array("/a?b".utf8) && parts.body == [1, 2])
        #expect(parts.authority == Array("h:81".utf8))
        #expect(parts.contentLength == 2)
        #expect(
            parts.fields.map { String(decoding: $0.name, as: UTF8.self) } == ["Host", "User-Agent", "Accept", "X-a"])
        let own = try HTTPRequestEncoder(
            host: "h", fields: [HTTPField("A", ""), HTTPField("hOST", "other"), HTTPField("content-length", "0")],
            version: "1"
        ).parts()
        #expect(own.authority == Array("other".utf8))
        #expect(own.contentLength == nil)
    }

    @Test func `a buffer that is written to again and again keeps its memory`() throws {
        let buffer = HTTPRequestBuffer(capacity: 1)
        var parts = try HTTPRequestEncoder(
            method: "POST", host: "h", body: Array(repeating: 65, count: 100), version: "1"
        ).parts()
        parts.append(to: buffer)
        let start = buffer.bytes.baseAddress
        for length in [0, 9, 10, 99, 100] {
            parts.body = [UInt8](repeating: 66, count: length)
            buffer.clear()
            parts.append(to: buffer)
            let text = String(decoding: buffer.bytes, as: UTF8.self)
            #expect(text.hasSuffix("\r\nContent-Length: \(length)\r\n\r\n" + String(repeating: "B", count: length)))
        }
        #expect(buffer.bytes.baseAddress == start)
    }

    @Test func `tabs, quotes and UTF-8 may stand in a value`() throws {
        let encoder = Self.request([HTTPField("X", "a\t\"é\"")])
        #expect(try Self.text(encoder).contains("X: a\t\"é\"\r\n"))
    }

    @Test func `an encoded request is what the request scanner reads`() throws {
        let url = try HTTPURL("http://[::1]:8080/a?b")
        let bytes = try HTTPRequestEncoder(
            method: "PUT", target: url.target, host: url.hostHeader, body: Array("hello".utf8), version: "1"
        ).encoded()
        var scanner = HTTPRequestScanner(watchedHeaders: ["host"])
        #expect(try bytes.withUnsafeBytes { try scanner.consume($0) } == bytes.count)
        #expect(scanner.isComplete && scanner.method == "PUT" && scanner.target == "/a?b" && scanner.bodyBytes == 5)
        #expect(scanner.watched.text(0) == "[::1]:8080")
    }

    static let responses: [(HTTPResponseEncoder, String)] = [
        (HTTPResponseEncoder(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        (
            HTTPResponseEncoder(status: 404, body: Array("no".utf8), closes: true),
            "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno"
        ),
        (HTTPResponseEncoder(status: 204, body: [1]), "HTTP/1.1 204 No Content\r\n\r\n"),
        (HTTPResponseEncoder(status: 299), "HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n"),
        (HTTPResponseEncoder(reason: "Fine"), "HTTP/1.1 200 Fine\r\nContent-Length: 0\r\n\r\n"),
        (
            HTTPResponseEncoder(body: Array("body".utf8), isHeadRequest: true),
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
        ),
    ]

    @Test(arguments: responses.indices)
    func `a response is encoded with its length`(index: Int) throws {
        let (encoder, expected) = Self.responses[index]
        #expect(String(decoding: try encoder.encoded(), as: UTF8.self) == expected)
    }

    @Test func `a response that breaks the grammar is refused`() {
        #expect(throws: HTTPEncodeError.statusOutOfRange(99)) { try HTTPResponseEncoder(status: 99).encoded() }
        #expect(throws: HTTPEncodeError.badReason(at: 1)) { try HTTPResponseEncoder(reason: "a\nb").encoded() }
        #expect(throws: HTTPEncodeError.badFieldValue(name: "X", at: 0)) {
            try HTTPResponseEncoder(fields: [HTTPField("X", "\r")]).encoded()
        }
    }

    @Test func `an interim and an encoded response are what the response scanner reads`() throws {
        var scanner = HTTPResponseScanner()
        let bytes = try HTTPResponseEncoder.continueBytes + HTTPResponseEncoder(body: Array("ok".utf8)).encoded()
        #expect(try bytes.withUnsafeBytes { try scanner.consume($0) } == bytes.count)
        #expect(scanner.isComplete && scanner.keepsAlive && scanner.bodyBytes == 2)
    }
}
