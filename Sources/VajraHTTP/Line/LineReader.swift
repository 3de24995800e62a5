// SPDX-License-Identifier: Apache-2.0

// A head as LineReader sees it. It returns a line where the line lies in the chunk. It copies a line to the spill only
// if the chunk cuts the line, or if the next line continues it (obs-fold).
//
//     H T T P / 1 . 1 SP 2 0 0 SP O K CR LF     start line
//     S e r v e r : SP n g i n x CR LF          field line, complete once the next byte is known not to be SP or HTAB
//     CR LF                                     empty line, complete at once

/// Cuts chunks of input into lines that end in CRLF or LF. Refuses NUL, bare CR and lines past the section's limit.
struct LineReader: ~Copyable, Sendable {
    /// What the lines are part of. It decides about folding, and about the error for too many bytes.
    enum Section {
        case startLine, fields, chunkLine, trailers
    }

    private(set) var spill = SpillBuffer()
    private var isDelivered = false
    /// Message offset of the current chunk's first byte; between calls, of the next byte.
    private(set) var origin = 0
    private var sectionStart = 0
    private var sectionEnd = 0
    /// Message offset at which the line returned last begins.
    private(set) var lineStart = 0

    /// Forgets the message; the next byte has offset 0.
    mutating func reset() {
        spill.clear()
        isDelivered = false
        origin = 0
    }

    /// Allows `limit` bytes from the cursor on, until the next section opens.
    @inline(__always)
    mutating func openSection(at position: Int, limit: Int) {
        sectionStart = origin &+ position
        sectionEnd = sectionStart &+ limit
    }

    /// Notes that `count` bytes of the chunk were used, so that the next chunk's offsets continue.
    @inline(__always)
    mutating func finishChunk(_ count: Int) { origin &+= count }

    /// The next line without its ending, valid until the next call; nil when the chunk holds no whole line.
    mutating func next(
        _ cursor: inout ByteCursor, in section: Section
    ) throws(HTTPParseError) -> UnsafeRawBufferPointer? {
        if canReadInPlace() {
            lineStart = origin &+ cursor.position
            if let line = try wholeLine(&cursor, before: reach(cursor), in: section) { return line }
        }
        return try spilledLine(&cursor, in: section)
    }

    /// Whether the spill holds no unfinished line, so that `wholeLine` may be tried.
    @inline(__always)
    mutating func canReadInPlace() -> Bool {
        if spill.count == 0 { return true }
        guard isDelivered else { return false }
        spill.clear()
        isDelivered = false
        return true
    }

    /// How far into the chunk a line of this section may go.
    @inline(__always)
    func reach(_ cursor: ByteCursor) -> Int { min(cursor.end, sectionEnd &- origin) }

    /// The line at the cursor if it lies whole in the chunk, else nil and the cursor stays.
    @inline(__always)
    func wholeLine(
        _ cursor: inout ByteCursor, before reach: Int, in section: Section
    ) throws(HTTPParseError) -> UnsafeRawBufferPointer? {
        let start = cursor.position
        guard let end = try lineEnd(cursor.base, from: start, to: reach) else { return nil }
        if section == .fields, end.stop > start {
            // The byte after the line shows whether the line is whole.
            guard end.next < cursor.end,
                !ASCII.isBlank(cursor.base.load(fromByteOffset: end.next, as: UInt8.self))
            else { return nil }
        }
        cursor.position = end.next
        return UnsafeRawBufferPointer(start: cursor.base + start, count: end.stop &- start)
    }

    /// Adds to the unfinished line, and returns it once it is whole.
    @inline(never)
    mutating func spilledLine(
        _ cursor: inout ByteCursor, in section: Section
    ) throws(HTTPParseError) -> UnsafeRawBufferPointer? {
        if spill.count == 0 { lineStart = origin + cursor.position }
        while cursor.position < cursor.end {
            if spill.last == ASCII.lineFeed {
                guard ASCII.isBlank(cursor.byte) else { return deliver() }
                spill.unfold()
            }
            let start = cursor.position
            if spill.last == ASCII.carriageReturn, cursor.byte != ASCII.lineFeed {
                throw .bareCarriageReturn(at: origin + start - 1)
            }
            let reach = min(cursor.end, sectionEnd - origin)
            let end = try lineEnd(cursor.base, from: start, to: reach)
            cursor.position = end?.next ?? reach
            spill.append(cursor.base + start, count: cursor.position - start)
            guard end != nil else {
                if reach == sectionEnd - origin { throw tooLong(section) }
                return nil
            }
            if section != .fields || spill.strippedCount == 0 { return deliver() }
        }
        return nil
    }

    private mutating func deliver() -> UnsafeRawBufferPointer {
        isDelivered = true
        return spill.line
    }

    private func tooLong(_ section: Section) -> HTTPParseError {
        let limit = sectionEnd - sectionStart
        return switch section {
        case .startLine, .fields: .headTooLarge(limit: limit)
        case .chunkLine: .chunkLineTooLong(limit: limit)
        case .trailers: .trailersTooLarge(limit: limit)
        }
    }
}
