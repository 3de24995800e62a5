// SPDX-License-Identifier: Apache-2.0

/// Why the peer's bytes are not an HTTP/1 message; one case for each fault.
///
/// `at` is the offset, in bytes from the start of the message, of the wrong byte or of the wrong line. The split into
/// chunks changes neither the case nor the offset.
package enum HTTPParseError: Error, Equatable, Sendable {
    // The input ended too early.

    /// The connection closed before the first byte of a message.
    case closedBeforeResponse
    /// The input ended inside the head, `at` bytes into the message.
    case truncatedHead(at: Int)
    /// The input ended `missing` bytes before the Content-Length was reached.
    case shortBody(missing: Int)
    /// The input ended before the last chunk and its trailers, `at` bytes into the message.
    case truncatedChunkedBody(at: Int)

    // Lines.

    /// A carriage return that no line feed follows.
    case bareCarriageReturn(at: Int)
    /// A NUL byte in a line.
    case nulByte(at: Int)
    /// No end of head within the limit, in bytes.
    case headTooLarge(limit: Int)
    /// More than one empty line before the start line.
    case repeatedEmptyLine(at: Int)

    // Start lines.

    /// The first line does not begin with "HTTP/", so something else is listening there.
    case notHTTP(at: Int)
    /// The version is not HTTP/1.x.
    case unsupportedVersion(at: Int)
    /// The status line is not "HTTP/1.x SP 3DIGIT [SP reason]".
    case badStatusLine(at: Int)
    /// Three digits that are below 100.
    case statusOutOfRange(Int)
    /// More 1xx responses than the limit.
    case tooManyInterimResponses(limit: Int)
    /// The request line is not "method SP target SP HTTP/1.x".
    case badRequestLine(at: Int)
    /// The method holds a byte outside RFC 9110's token.
    case badMethod(at: Int)
    /// The request target holds a byte outside visible ASCII.
    case badTarget(at: Int)

    // Fields.

    /// More field lines than the limit.
    case tooManyFields(limit: Int)
    /// A line of the head without a colon.
    case fieldWithoutColon(at: Int)
    /// A field line that begins with its colon.
    case emptyFieldName(at: Int)
    /// Whitespace between the field name and the colon.
    case spaceBeforeColon(at: Int)
    /// The first line after the start line begins with whitespace.
    case foldBeforeFirstField(at: Int)

    // Framing.

    /// A Content-Length that is not a number.
    case badContentLength(at: Int)
    /// A Content-Length above 2^63 - 1.
    case contentLengthOverflow(at: Int)
    /// Two Content-Length values that differ.
    case conflictingContentLength(Int, Int)
    /// The chunked coding applied more than once.
    case chunkedTwice(at: Int)
    /// A request whose Transfer-Encoding does not end with chunked, so its end cannot be known.
    case transferEncodingNotChunked
    /// A request with both Content-Length and Transfer-Encoding, as smugglers send.
    case lengthAndTransferEncoding
    /// An HTTP/1.1 request without Host.
    case missingHost
    /// A request with more than one Host.
    case repeatedHost(at: Int)

    // Chunks.

    /// A chunk-size line that does not begin with hexadecimal digits, or has something other than an extension after.
    case badChunkSize(at: Int)
    /// A chunk size above 2^63 - 1.
    case chunkSizeOverflow(at: Int)
    /// A chunk-size line that ends in LF alone.
    case bareLineFeedInChunk(at: Int)
    /// Chunk data without CRLF right after it.
    case missingChunkEnd(at: Int)
    /// A chunk-size line longer than the limit, in bytes.
    case chunkLineTooLong(limit: Int)
    /// Trailers longer than the limit, in bytes.
    case trailersTooLarge(limit: Int)
}
