// SPDX-License-Identifier: Apache-2.0

// The way through one message; the owner reads the start line and picks the framing after the fields.
//
//     startLine ──▶ fields ──┬─▶ length ─────────────────────────────────┬─▶ complete
//         ▲           │      ├─▶ untilClose ──────── end of input ───────┤
//         └── 1xx ────┘      ├─▶ chunkSize ─▶ chunkData ─▶ chunkReturn   │
//                            │       ▲  │                      ▼         │
//                            │       └──┼──────────────── chunkFeed      │
//                            │          └─ size 0 ─▶ trailers ───────────┤
//                            └─▶ no body ────────────────────────────────┘

/// Reads the fields, body and chunks of one HTTP/1 message: the common part of requests and responses.
struct MessageReader: ~Copyable, Sendable {
    enum Phase: UInt8 {
        case startLine, fields, length, untilClose, chunkSize, chunkData, chunkReturn, chunkFeed, trailers, complete
    }

    /// A response's reader reads only the lines that it must understand. A request's reader refuses any line that it
    /// cannot understand.
    enum Role {
        case request, response
    }

    let limits: HTTPLimits
    private let nameLengths: UInt64
    private let initials: FieldInitials
    var phase = Phase.startLine
    var lines = LineReader()
    var framing = FramingFields()
    var watched: WatchedFields
    var hasSkippedEmptyLine = false
    private var fieldCount = 0
    /// Bytes of body or chunk still to come.
    var remaining = 0
    var bodyBytes = 0
    var headBytes = 0

    init(limits: HTTPLimits, watchedHeaders: [String], role: Role) {
        self.limits = limits
        self.watched = WatchedFields(watchedHeaders)
        switch role {
        case .response:
            nameLengths = FramingFields.nameLengths | watched.nameLengths
            initials = FieldInitials(["connection", "content-length", "transfer-encoding"] + watchedHeaders)
        case .request:
            nameLengths = FramingFields.nameLengths | FramingFields.requestNameLengths | watched.nameLengths
            initials = .all
        }
        lines.openSection(at: 0, limit: limits.headBytes)
    }

    /// Forgets the message, keeps the memory; the last head stays until `beginHead`.
    @inline(__always)
    mutating func reset() {
        lines.reset()
        phase = .startLine
        hasSkippedEmptyLine = false
        bodyBytes = 0
        headBytes = 0
    }

    /// Expects a head from the position on: at the start of a message, and after an interim response.
    mutating func beginHead(at position: Int) {
        phase = .startLine
        framing = FramingFields()
        watched.reset()
        fieldCount = 0
        lines.openSection(at: position, limit: limits.headBytes)
    }

    /// The start line, once it is whole; one empty line before it is skipped (RFC 9112 2.2).
    @inline(__always)
    mutating func startLine(_ cursor: inout ByteCursor) throws(HTTPParseError) -> UnsafeRawBufferPointer? {
        while let line = try lines.next(&cursor, in: .startLine) {
            if line.count > 0 {
                phase = .fields
                return line
            }
            guard !hasSkippedEmptyLine else { throw .repeatedEmptyLine(at: lines.lineStart) }
            hasSkippedEmptyLine = true
        }
        return nil
    }

    /// Reads field lines; true once the empty line has ended the head.
    mutating func fields(_ cursor: inout ByteCursor) throws(HTTPParseError) -> Bool {
        while true {
            if lines.canReadInPlace(), try wholeFields(&cursor) { return true }
            guard let line = try lines.spilledLine(&cursor, in: .fields) else { return false }
            if try readField(line, at: lines.lineStart, position: cursor.position) { return true }
        }
    }

    /// Reads the field lines that lie whole in the chunk; true once the empty line has ended the head.
    @inline(__always)
    private mutating func wholeFields(_ cursor: inout ByteCursor) throws(HTTPParseError) -> Bool {
        var local = cursor
        defer { cursor = local }
        let reach = lines.reach(local)
        let origin = lines.origin
        while true {
            let start = origin &+ local.position
            guard let line = try lines.wholeLine(&local, before: reach, in: .fields) else { return false }
            if try readField(line, at: start, position: local.position) { return true }
        }
    }

    /// Reads one line of the head; true if it is the empty one.
    @inline(__always)
    private mutating func readField(
        _ line: UnsafeRawBufferPointer, at offset: Int, position: Int
    ) throws(HTTPParseError) -> Bool {
        guard line.count > 0 else {
            headBytes = lines.origin &+ position
            return true
        }
        try countField()
        if initials.contains(line.baseAddress!.load(as: UInt8.self)) { try understand(line, at: offset) }
        return false
    }

    /// Cuts and reads a line that may be a field that matters.
    @inline(__always)
    private mutating func understand(_ line: UnsafeRawBufferPointer, at offset: Int) throws(HTTPParseError) {
        // Any other line that begins with whitespace was joined to the one before.
        if ASCII.isBlank(line[0]) { throw .foldBeforeFirstField(at: offset) }
        let field = try FieldLine(line, at: offset)
        // A name is compared only if a field that matters has the same length.
        if nameLengths &>> UInt64(field.nameLength & 63) & 1 != 0 {
            try framing.read(field)
            if watched.nameLengths != 0 { watched.read(field) }
        }
    }

    @inline(__always)
    private mutating func countField() throws(HTTPParseError) {
        fieldCount &+= 1
        if fieldCount > limits.fields { throw .tooManyFields(limit: limits.fields) }
    }

    /// Passes over one trailer line; true at the empty one.
    mutating func trailers(_ cursor: inout ByteCursor) throws(HTTPParseError) -> Bool {
        while let line = try lines.next(&cursor, in: .trailers) {
            guard line.count > 0 else { return true }
            try countField()
            // A folded trailer continues a field that is ignored as well.
            guard initials.contains(line[0]), fieldCount == 1 || !ASCII.isBlank(line[0]) else { continue }
            _ = try FieldLine(line, at: lines.lineStart)
        }
        return false
    }

    /// Expects a body of that many bytes; without any, the message is complete.
    @inline(__always)
    mutating func beginBody(length: Int) {
        remaining = length
        phase = length == 0 ? .complete : .length
    }

    /// Sets the phase for chunked data from the position on.
    mutating func beginChunk(at position: Int) {
        phase = .chunkSize
        lines.openSection(at: position, limit: limits.chunkLineBytes)
    }

    mutating func beginTrailers(at position: Int) {
        phase = .trailers
        fieldCount = 0
        lines.openSection(at: position, limit: limits.trailerBytes)
    }
}
