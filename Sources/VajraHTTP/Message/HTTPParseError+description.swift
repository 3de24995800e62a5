// SPDX-License-Identifier: Apache-2.0

extension HTTPParseError: CustomStringConvertible {
    /// One line: the place, the cause and, where there is one, the remedy.
    package var description: String {
        switch self {
        case .closedBeforeResponse:
            "connection closed before the first byte; the peer may drop idle connections, or have crashed"
        case .truncatedHead(let at): "byte \(at): connection closed inside the head"
        case .shortBody(let missing): "connection closed with \(missing) bytes of the announced Content-Length missing"
        case .truncatedChunkedBody(let at): "byte \(at): connection closed inside a chunked body"
        case .bareCarriageReturn(let at): "byte \(at): carriage return without line feed; lines end with CRLF"
        case .nulByte(let at): "byte \(at): NUL byte in a line; is this port speaking a binary protocol?"
        case .headTooLarge(let limit): "head longer than \(limit) bytes; shorten the header fields"
        case .repeatedEmptyLine(let at): "byte \(at): more than one empty line before the start line"
        case .notHTTP(let at): "byte \(at): the line does not begin with HTTP/; is this an HTTP port, or a TLS one?"
        case .unsupportedVersion(let at): "byte \(at): version is not HTTP/1.x; the peer must speak HTTP/1.1 here"
        case .badStatusLine(let at): "byte \(at): status line is not \"HTTP/1.1 NNN reason\""
        case .statusOutOfRange(let status): "status \(status) is outside 100...999"
        case .tooManyInterimResponses(let limit): "more than \(limit) interim (1xx) responses before the final one"
        case .badRequestLine(let at): "byte \(at): request line is not \"METHOD target HTTP/1.1\""
        case .badMethod(let at): "byte \(at): the method is not an RFC 9110 token"
        case .badTarget(let at): "byte \(at): the request target is not visible ASCII; percent-encode the rest"
        default: fieldDescription
        }
    }

    private var fieldDescription: String {
        switch self {
        case .tooManyFields(let limit): "more than \(limit) header fields"
        case .fieldWithoutColon(let at): "byte \(at): header line without a colon"
        case .emptyFieldName(let at): "byte \(at): header field without a name"
        case .spaceBeforeColon(let at): "byte \(at): whitespace between a header field's name and its colon"
        case .foldBeforeFirstField(let at): "byte \(at): whitespace before the first header field"
        case .badContentLength(let at): "byte \(at): Content-Length is not a decimal number"
        case .contentLengthOverflow(let at): "byte \(at): Content-Length is above 9223372036854775807"
        case .conflictingContentLength(let one, let other): "two Content-Lengths that differ, \(one) and \(other)"
        case .chunkedTwice(let at): "byte \(at): Transfer-Encoding names chunked more than once"
        case .transferEncodingNotChunked: "Transfer-Encoding of a request must end with chunked"
        case .lengthAndTransferEncoding: "request with both Content-Length and Transfer-Encoding; send only one"
        case .missingHost: "HTTP/1.1 request without a Host field"
        case .repeatedHost(let at): "byte \(at): more than one Host field"
        case .badChunkSize(let at): "byte \(at): chunk size is not a hexadecimal number"
        case .chunkSizeOverflow(let at): "byte \(at): chunk size is above 7fffffffffffffff"
        case .bareLineFeedInChunk(let at): "byte \(at): chunk-size line ends in LF alone; CRLF is needed"
        case .missingChunkEnd(let at): "byte \(at): chunk data is not followed by CRLF; its size is wrong"
        case .chunkLineTooLong(let limit): "chunk-size line longer than \(limit) bytes"
        case .trailersTooLarge(let limit): "trailers longer than \(limit) bytes"
        default: "malformed HTTP message"
        }
    }
}

extension HTTPParseError {
    /// The status with which a server answers such a request (RFC 9110 15.5, RFC 6585 5).
    package var responseStatus: Int {
        switch self {
        case .headTooLarge, .tooManyFields, .trailersTooLarge: 431
        case .unsupportedVersion: 505
        default: 400
        }
    }
}
