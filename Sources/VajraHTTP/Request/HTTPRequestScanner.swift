// SPDX-License-Identifier: Apache-2.0

/// Reads HTTP/1 requests from chunks split anywhere, for a small server; pipelined requests come out one by one.
///
/// Use: `begin`, then `consume` with each chunk until `isComplete`; bytes `consume` leaves belong to the next request.
/// It is stricter than the response scanner, as RFC 9112 asks of servers. After an error, answer with
/// `HTTPParseError.responseStatus` and close.
package struct HTTPRequestScanner: ~Copyable, Sendable {
    private var message: MessageReader
    private var start: [UInt8] = []
    private var methodLength = 0
    private var minorVersion = 1

    /// Whether the connection may carry another request after this one; meaningful once `isHeadComplete`.
    package private(set) var keepsAlive = false
    /// Whether the client waits for a 100 (Continue) before it sends the body; meaningful once `isHeadComplete`.
    package private(set) var expectsContinue = false

    /// Makes a scanner ready for the first request; the values of the fields named in `watchedHeaders` are kept.
    package init(limits: HTTPLimits = HTTPLimits(), watchedHeaders: [String] = []) {
        message = MessageReader(limits: limits, watchedHeaders: watchedHeaders, role: .request)
    }

    /// Makes ready for the next request, keeping the memory.
    package mutating func begin() {
        message.reset()
        message.beginHead(at: 0)
        start.removeAll(keepingCapacity: true)
        methodLength = 0
        keepsAlive = false
        expectsContinue = false
    }

    /// Whether the request has been read to its end.
    package var isComplete: Bool { message.phase == .complete }
    /// Whether the head has been read, body or none.
    package var isHeadComplete: Bool { message.headBytes > 0 }
    /// Whether any byte came since `begin`. If not, the end of input means that the client has finished.
    package var hasReceivedAnything: Bool { message.lines.origin > 0 }
    /// Bytes of body so far, without chunk framing.
    package var bodyBytes: Int { message.bodyBytes }
    /// Bytes of the head, a leading empty line included; 0 until it was read.
    package var headBytes: Int { message.headBytes }
    /// Bytes held back for an unfinished line: never more than the longest line the limits allow.
    package var spilledBytes: Int { message.lines.spill.count }

    /// The method, as sent; empty until the request line was read.
    package var method: String { String(decoding: start.prefix(methodLength), as: UTF8.self) }
    /// The request target, as sent; empty until the request line was read.
    package var target: String { String(decoding: start.dropFirst(methodLength), as: UTF8.self) }

    /// Gives `body` the bytes of the request target without making a string.
    package func withTarget<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        start.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[methodLength...])) }
    }

    /// The values of the watched headers, in the order of their names.
    package var watched: WatchedFields { message.watched }

    /// Reads up to the end of one request, giving each run of body bytes to `body`; returns how many bytes were used.
    package mutating func consume(
        _ bytes: UnsafeRawBufferPointer, body: (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws(HTTPParseError) -> Int {
        guard var cursor = ByteCursor(bytes), message.phase != .complete else { return 0 }
        if message.phase == .startLine, let line = try message.startLine(&cursor) {
            try readRequestLine(line)
        }
        if message.phase == .fields, try message.fields(&cursor) { try finishHead(at: cursor.position) }
        if message.phase.rawValue > MessageReader.Phase.fields.rawValue { try message.body(&cursor, body) }
        message.lines.finishChunk(cursor.position)
        return cursor.position
    }

    /// Tells that no more bytes will come; throws unless the request is complete.
    package mutating func endOfInput() throws(HTTPParseError) {
        try message.endOfInput()
    }

    private mutating func readRequestLine(_ line: UnsafeRawBufferPointer) throws(HTTPParseError) {
        let requestLine = try RequestLine(line, at: message.lines.lineStart)
        minorVersion = requestLine.minorVersion
        start.append(contentsOf: requestLine.method)
        methodLength = start.count
        start.append(contentsOf: requestLine.target)
    }

    /// Picks the framing by RFC 9112 6.3. Refuses everything that two servers could read in different ways.
    private mutating func finishHead(at position: Int) throws(HTTPParseError) {
        let framing = message.framing
        guard framing.hasHost || minorVersion == 0 else { throw .missingHost }
        keepsAlive = framing.connectionPersists(minorVersion: minorVersion)
        expectsContinue = framing.expectsContinue && minorVersion > 0
        if framing.hasTransferEncoding || framing.hasIdentity {
            guard framing.contentLength == nil else { throw .lengthAndTransferEncoding }
            guard framing.endsWithChunked, !framing.hasIdentity else { throw .transferEncodingNotChunked }
            message.beginChunk(at: position)
        } else {
            message.beginBody(length: framing.contentLength ?? 0)
        }
    }
}
