// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP
import VajraHTTP2

/// Keeps what a stream ended with.
private final class Owner: HTTP2StreamOwner {
    var ends: [HTTP2StreamEnd] = []
    func finished(_ end: HTTP2StreamEnd) { ends.append(end) }
}

struct HTTP2SessionTests {
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    private func written(by session: HTTP2Session) -> [UInt8] {
        let buffer = HTTP2WriteBuffer()
        while session.write(buffer, upTo: 1 << 20) {}
        return Array(buffer.bytes)
    }

    /// A frame (RFC 9113 4.1).
    private func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt8, _ payload: [UInt8] = []) -> [UInt8] {
        [0, UInt8(payload.count >> 8), UInt8(payload.count & 255), type, flags, 0, 0, 0, stream] + payload
    }

    /// What the bytes written hold: the type and stream of each frame.
    private func frames(_ bytes: [UInt8]) -> [(type: UInt8, stream: UInt8)] {
        var frames: [(UInt8, UInt8)] = []
        var at = bytes.starts(with: Self.preface) ? Self.preface.count : 0
        while at + 9 <= bytes.count {
            frames.append((bytes[at + 3], bytes[at + 8]))
            at += 9 + Int(bytes[at]) << 16 + Int(bytes[at + 1]) << 8 + Int(bytes[at + 2])
        }
        return frames
    }

    private func receive(_ bytes: [UInt8], _ session: HTTP2Session) {
        bytes.withUnsafeBytes { session.receive($0) }
    }

    private func request(body: [UInt8]? = nil) throws -> HTTP2Request {
        let encoder = HTTPRequestEncoder(
            method: body == nil ? "GET" : "POST", target: "/a", host: "h", fields: [HTTPField("X-Upper", "1")],
            body: body, version: "1")
        return HTTP2Request(try encoder.parts(), isSecure: true)
    }

    private func open(settings: [UInt8] = []) -> HTTP2Session {
        let session = HTTP2Session()
        _ = written(by: session)
        receive(frame(4, 0, 0, settings), session)
        _ = written(by: session)
        return session
    }

    @Test func `a session begins with the preface, its settings and a large window`() {
        let session = HTTP2Session()
        let bytes = written(by: session)
        #expect(bytes.starts(with: Self.preface))
        #expect(frames(bytes).map(\.type) == [4, 8])
        #expect(!session.hasSettings && session.mostStreams == 100)
    }

    @Test func `the server's limit of streams is told once its settings have come`() {
        #expect(open(settings: [0, 3, 0, 0, 0, 2]).mostStreams == 2)
        #expect(open().mostStreams > 1_000_000)
    }

    @Test func `a response completes its stream, which can be used again`() throws {
        let session = open()
        let owner = Owner()
        let stream = HTTP2Stream(watchedHeaders: ["server"], search: BodySearch(Array("ell".utf8)))
        stream.owner = owner
        let request = try request()
        for number: UInt8 in [1, 3, 5] {
            stream.reset()
            session.submit(request, on: stream)
            #expect(frames(written(by: session)).map(\.type) == [1])
            #expect(session.active == 1)
            // ":status 200" is field 8 of the static table, "server" is name 54.
            receive(frame(1, 4, number, [0x88, 0x0F, 39, 1, UInt8(ascii: "s")]), session)
            receive(frame(0, 1, number, Array("hello".utf8)), session)
            #expect(stream.status == 200 && stream.bodyBytes == 5 && stream.bodyMatched)
            #expect(stream.fields.firstValue(0) == Array("s".utf8))
            #expect(stream.bytesReceived == 9 + 5 + 9 + 5)
            #expect(session.active == 0)
        }
        #expect(owner.ends == [.complete, .complete, .complete])
    }

    struct EndRow: Sendable, CustomTestStringConvertible {
        let story: String
        let bytes: [[UInt8]]
        let end: HTTP2StreamEnd
        var testDescription: String { story }
    }

    @Test(arguments: [
        EndRow(story: "a reset", bytes: [[0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8]], end: .reset(8)),
        EndRow(
            story: "a goaway below it", bytes: [[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
            end: .notProcessed),
        EndRow(
            story: "a response without a status", bytes: [[0, 0, 5, 1, 5, 0, 0, 0, 1, 0, 1, 0x78, 1, 0x79]],
            end: .malformed),
    ])
    func `a stream that does not end well says how`(_ row: EndRow) throws {
        let session = open()
        let owner = Owner()
        let stream = HTTP2Stream(watchedHeaders: [], search: nil)
        stream.owner = owner
        let request = try request()
        session.submit(request, on: stream)
        _ = written(by: session)
        for bytes in row.bytes { receive(bytes, session) }
        _ = written(by: session)
        #expect(owner.ends == [row.end])
        #expect(session.active == 0)
    }

    @Test func `a stream that is given up is reset, and its owner not told`() throws {
        let session = open()
        let owner = Owner()
        let stream = HTTP2Stream(watchedHeaders: [], search: nil)
        stream.owner = owner
        let request = try request(body: Array(repeating: 7, count: 100_000))
        session.submit(request, on: stream)
        _ = written(by: session)
        session.cancel(stream)
        #expect(frames(written(by: session)).map(\.type) == [3])
        receive(frame(1, 5, 1, [0x88]), session)
        #expect(owner.ends.isEmpty && session.active == 0 && session.failure == nil)
    }

    @Test func `whoever does not begin with settings does not speak HTTP 2`() {
        let session = HTTP2Session()
        _ = written(by: session)
        receive(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), session)
        _ = written(by: session)
        #expect(session.failure != nil && !session.hasSettings)
    }
}
