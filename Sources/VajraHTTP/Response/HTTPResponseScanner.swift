// SPDX-License-Identifier: Apache-2.0

/// Reads HTTP/1 responses from chunks split anywhere, one after the other. Copies a line only if a chunk cuts it.
///
/// Use: `begin`, then `consume` with each chunk until `isComplete`; bytes `consume` leaves belong to the next response.
/// At the end of input call `endOfInput`. After an error only `begin` is allowed, and the connection should be closed.
package struct HTTPResponseScanner: ~Copyable, Sendable {
    private var message: MessageReader
    private var lastHead = RememberedHead()
    private var isHeadRequest = false
    private var minorVersion = 1
    private var interimCount = 0

    /// The status code, 100...999; 0 until the status line was read. An interim one (1xx) is replaced by the next.
    package private(set) var status = 0
    /// Whether the connection may carry another response after this one; meaningful once `isComplete`.
    package private(set) var keepsAlive = false

    /// Makes a scanner ready for the first response; the values of the fields named in `watchedHeaders` are kept.
    package init(limits: HTTPLimits = .response, watchedHeaders: [String] = []) {
        message = MessageReader(limits: limits, watchedHeaders: watchedHeaders, role: .response)
    }

    /// Makes ready for the next response, keeping the memory; `isHeadRequest` says that it will have no body.
    package mutating func begin(isHeadRequest: Bool = false) {
        message.reset()
        self.isHeadRequest = isHeadRequest
        interimCount = 0
        status = 0
        keepsAlive = false
    }

    /// Whether the response has been read to its end.
    package var isComplete: Bool { message.phase == .complete }
    /// Whether the final head has been read.
    package var isHeadComplete: Bool { message.headBytes > 0 }
    /// Whether any byte came since `begin`: if not, a closed keep-alive connection may be retried safely.
    package var hasReceivedAnything: Bool { message.lines.origin > 0 }
    /// Bytes of body so far, without chunk framing.
    package var bodyBytes: Int { message.bodyBytes }
    /// Bytes of all heads, interim ones and a leading empty line included; 0 until the final head was read.
    package var headBytes: Int { message.headBytes }
    /// Bytes held back for an unfinished line: never more than the longest line the limits allow.
    package var spilledBytes: Int { message.lines.spill.count }

    /// The values of the watched headers, in the order of their names.
    package var watched: WatchedFields { message.watched }

    /// Reads up to the end of one response, counting its body; returns how many bytes were used, 0 once complete.
    package mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(HTTPParseError) -> Int {
        try consume(bytes) { _ in }
    }

    /// Reads up to the end of one response, giving each run of body bytes to `body`; returns how many bytes were used.
    package mutating func consume(
        _ bytes: UnsafeRawBufferPointer, body: (UnsafeRawBufferPointer) -> Void
    ) throws(HTTPParseError) -> Int {
        guard var cursor = ByteCursor(bytes), message.phase != .complete else { return 0 }
        if message.phase == .startLine || message.phase == .fields { try readHead(&cursor) }
        if message.phase.rawValue > MessageReader.Phase.fields.rawValue { try message.body(&cursor, body) }
        message.lines.finishChunk(cursor.position)
        return cursor.position
    }

    @inline(__always)
    private mutating func readHead(_ cursor: inout ByteCursor) throws(HTTPParseError) {
        let isStart = message.phase == .startLine && message.lines.origin == 0
        if isStart {
            if lastHead.skip(&cursor) {
                status = lastHead.status
                message.headBytes = cursor.position
                return try finishHead(at: cursor.position)
            }
            lastHead.forget()
            message.beginHead(at: 0)
        }
        try readNewHead(&cursor)
        if isStart, message.headBytes > 0 {
            lastHead.remember(cursor.base, count: message.headBytes, status: status)
        }
    }

    @inline(never)
    private mutating func readNewHead(_ cursor: inout ByteCursor) throws(HTTPParseError) {
        while message.phase == .startLine || message.phase == .fields {
            if message.phase == .startLine {
                guard let line = try message.startLine(&cursor) else { return }
                try readStatusLine(line)
            }
            guard try message.fields(&cursor) else { return }
            try finishHead(at: cursor.position)
        }
    }

    /// Tells that no more bytes will come: completes a body that lasts until close.
    ///
    /// Throws `.closedBeforeResponse`, `.truncatedHead`, `.shortBody` or `.truncatedChunkedBody`; does nothing once
    /// complete.
    package mutating func endOfInput() throws(HTTPParseError) {
        try message.endOfInput()
    }

    @inline(__always)
    private mutating func readStatusLine(_ line: UnsafeRawBufferPointer) throws(HTTPParseError) {
        let statusLine = try StatusLine(line, at: message.lines.lineStart)
        status = statusLine.status
        minorVersion = statusLine.minorVersion
    }

    /// Picks the framing by RFC 9112 6.3, in its order.
    @inline(__always)
    private mutating func finishHead(at position: Int) throws(HTTPParseError) {
        if status < 200, status != 101 { return try skipInterim(at: position) }
        keepsAlive = message.framing.connectionPersists(minorVersion: minorVersion)
        if isHeadRequest || status < 200 || status == 204 || status == 304 {
            message.phase = .complete
            // After 101 the connection speaks another protocol.
            if status == 101 { keepsAlive = false }
        } else if message.framing.hasTransferEncoding {
            if message.framing.endsWithChunked { message.beginChunk(at: position) } else { readUntilClose() }
        } else if let length = message.framing.contentLength {
            message.beginBody(length: length)
        } else {
            readUntilClose()
        }
    }

    private mutating func readUntilClose() {
        message.phase = .untilClose
        keepsAlive = false
    }

    private mutating func skipInterim(at position: Int) throws(HTTPParseError) {
        let limit = message.limits.interimResponses
        interimCount += 1
        guard interimCount <= limit else { throw .tooManyInterimResponses(limit: limit) }
        status = 0
        message.headBytes = 0
        message.beginHead(at: position)
    }
}
