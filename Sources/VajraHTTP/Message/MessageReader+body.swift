// SPDX-License-Identifier: Apache-2.0

// A chunked body (RFC 9112 7.1). CRLF is required everywhere but in the trailers, which are field lines.
//
//     1 a ; e x t = 1 CR LF   size in hexadecimal, extensions ignored
//     <26 bytes>      CR LF   data
//     0               CR LF   last chunk
//     N a m e : SP v  CR LF   trailers, ignored
//                     CR LF

extension MessageReader {
    /// Reads the body up to the end of the chunk, and gives `body` each run of body bytes without a copy.
    mutating func body(
        _ cursor: inout ByteCursor, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(HTTPParseError) {
        while cursor.position < cursor.end {
            switch phase {
            case .length:
                take(&cursor, body)
                if remaining == 0 { phase = .complete }
            case .untilClose:
                remaining = Int.max
                take(&cursor, body)
            case .chunkSize:
                guard let line = try lines.next(&cursor, in: .chunkLine) else { return }
                remaining = try chunkSize(line)
                if remaining == 0 { beginTrailers(at: cursor.position) } else { phase = .chunkData }
            case .chunkData:
                take(&cursor, body)
                if remaining == 0 { phase = .chunkReturn }
            case .chunkReturn:
                try expect(ASCII.carriageReturn, &cursor)
                phase = .chunkFeed
            case .chunkFeed:
                try expect(ASCII.lineFeed, &cursor)
                beginChunk(at: cursor.position)
            case .trailers:
                if try trailers(&cursor) { phase = .complete }
            case .startLine, .fields, .complete: return
            }
        }
    }

    @inline(__always)
    private mutating func take(_ cursor: inout ByteCursor, _ body: (UnsafeRawBufferPointer) -> Void) {
        let taken = cursor.take(atMost: remaining)
        remaining &-= taken.count
        bodyBytes &+= taken.count
        body(taken)
    }

    private func expect(_ byte: UInt8, _ cursor: inout ByteCursor) throws(HTTPParseError) {
        guard cursor.byte == byte else { throw .missingChunkEnd(at: lines.origin + cursor.position) }
        cursor.position += 1
    }

    /// The size at the start of a chunk-size line; whitespace may stand before an extension or the line's end.
    private func chunkSize(_ line: UnsafeRawBufferPointer) throws(HTTPParseError) -> Int {
        // The line's ending lies behind it, in the chunk or in the spill.
        guard line.baseAddress!.load(fromByteOffset: line.count, as: UInt8.self) == ASCII.carriageReturn else {
            throw .bareLineFeedInChunk(at: lines.lineStart)
        }
        var size = 0
        var index = 0
        while index < line.count, let digit = ASCII.hexValue(line[index]) {
            guard size <= Int.max >> 4 else { throw .chunkSizeOverflow(at: lines.lineStart) }
            size = size << 4 | digit
            index += 1
        }
        guard index > 0 else { throw .badChunkSize(at: lines.lineStart) }
        while index < line.count, ASCII.isBlank(line[index]) { index += 1 }
        guard index == line.count || line[index] == ASCII.semicolon else { throw .badChunkSize(at: lines.lineStart) }
        return size
    }

    /// Judges the end of input: completes a body that lasts until close, refuses any other unfinished message.
    mutating func endOfInput() throws(HTTPParseError) {
        switch phase {
        case .complete: return
        case .untilClose: phase = .complete
        case .length: throw .shortBody(missing: remaining)
        case .startLine where lines.origin == 0: throw .closedBeforeResponse
        case .startLine, .fields: throw .truncatedHead(at: lines.origin)
        case .chunkSize, .chunkData, .chunkReturn, .chunkFeed, .trailers:
            throw .truncatedChunkedBody(at: lines.origin)
        }
    }
}
