// SPDX-License-Identifier: Apache-2.0

import VajraHTTP

extension ResponseTable {
    /// 47 bytes: the first chunk-size line begins at 47.
    static let chunked = "\(start)Transfer-Encoding: chunked\r\n\r\n"

    static let chunks: [ResponseCase] = [
        good("one chunk", "\(chunked)5\r\nhello\r\n0\r\n\r\n", body: "hello"),
        good(
            "two chunks and the next response", "\(chunked)2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\nHTTP", body: "hello",
            rest: "HTTP"),
        good("no chunk but the last", "\(chunked)0\r\n\r\n"),
        good("several zeros for the last", "\(chunked)000\r\n\r\n"),
        good(
            "sizes in both cases", "\(chunked)A\r\n0123456789\r\nb\r\nabcdefghijk\r\n0\r\n\r\n",
            body: "0123456789abcdefghijk"),
        good("a size with leading zeros", "\(chunked)0005\r\nhello\r\n0\r\n\r\n", body: "hello"),
        good("an extension", "\(chunked)5;name=value\r\nhello\r\n0;last\r\n\r\n", body: "hello"),
        good("a quoted extension", "\(chunked)5; a=\"b;c\"\r\nhello\r\n0\r\n\r\n", body: "hello"),
        good("blanks after the size", "\(chunked)5 \t\r\nhello\r\n0  \r\n\r\n", body: "hello"),
        good("trailers", "\(chunked)2\r\nok\r\n0\r\nExpires: x\r\nX-Sum: 1\r\n\r\n", body: "ok"),
        good("a folded trailer", "\(chunked)2\r\nok\r\n0\r\nConnection: x\r\n y\r\n\r\n", body: "ok"),
        good("trailers ended by LF", "\(chunked)2\r\nok\r\n0\r\nX: y\n\n", body: "ok"),
        good("trailers that would close do not", "\(chunked)2\r\nok\r\n0\r\nConnection: close\r\n\r\n", body: "ok"),
        good("data that looks like chunks", "\(chunked)5\r\n0\r\n\r\n\r\n0\r\n\r\n", body: "0\r\n\r\n"),
        good("chunked in capitals", "\(start)Transfer-Encoding: CHUNKED\r\n\r\n2\r\nok\r\n0\r\n\r\n", body: "ok"),
        good("gzip and chunked", "\(start)Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nzz\r\n0\r\n\r\n", body: "zz"),
        good(
            "gzip and chunked in two lines",
            "\(start)Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nzz\r\n0\r\n\r\n", body: "zz"),
        good(
            "chunked wins over a length and closes",
            "\(start)Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", body: "ok",
            keepsAlive: false),
        good(
            "chunked first and the length after",
            "\(start)Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n2\r\nok\r\n0\r\n\r\n", body: "ok",
            keepsAlive: false),
        good(
            "chunked and close", "\(start)Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
            keepsAlive: false),
        good(
            "chunked in HTTP/1.0 closes",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            body: "ok", keepsAlive: false),
        bad("chunked twice", "\(start)Transfer-Encoding: chunked, chunked\r\n\r\n", .chunkedTwice(at: 17)),
        bad(
            "chunked twice in two lines", "\(start)Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            .chunkedTwice(at: 45)),
        bad("a size that is no number", "\(chunked)xyz\r\n", .badChunkSize(at: 47)),
        bad("an empty size", "\(chunked)\r\nhello\r\n", .badChunkSize(at: 47)),
        bad("a negative size", "\(chunked)-5\r\nhello\r\n", .badChunkSize(at: 47)),
        bad("a size with 0x", "\(chunked)0x5\r\nhello\r\n", .badChunkSize(at: 47)),
        bad("a space before the size", "\(chunked) 5\r\nhello\r\n", .badChunkSize(at: 47)),
        bad("two sizes", "\(chunked)5 5\r\nhello\r\n", .badChunkSize(at: 47)),
        bad("a second size that is no number", "\(chunked)2\r\nok\r\nq\r\n", .badChunkSize(at: 54)),
        bad("a size of 2^63", "\(chunked)8000000000000000\r\n", .chunkSizeOverflow(at: 47)),
        bad("a size that wraps to 5", "\(chunked)10000000000000005\r\nhello\r\n0\r\n\r\n", .chunkSizeOverflow(at: 47)),
        bad("a size of 2^63-1 that nobody sends", "\(chunked)7fffffffffffffff\r\nx", .truncatedChunkedBody(at: 66)),
        bad("a size line ended by LF", "\(chunked)5\nhello\r\n0\r\n\r\n", .bareLineFeedInChunk(at: 47)),
        bad("a last size line ended by LF", "\(chunked)0\n\r\n", .bareLineFeedInChunk(at: 47)),
        bad("a bare CR in an extension", "\(chunked)5;a\rb\r\nhello\r\n", .bareCarriageReturn(at: 50)),
        bad("a NUL in an extension", "\(chunked)5;a\0\r\nhello\r\n", .nulByte(at: 50)),
        bad("data one byte longer than its size", "\(chunked)4\r\nhello\r\n0\r\n\r\n", .missingChunkEnd(at: 54)),
        bad("data ended by LF", "\(chunked)5\r\nhello\n0\r\n\r\n", .missingChunkEnd(at: 55)),
        bad("data ended by CR and something else", "\(chunked)5\r\nhello\rX0\r\n", .missingChunkEnd(at: 56)),
        bad("data without an end", "\(chunked)5\r\nhello0\r\n\r\n", .missingChunkEnd(at: 55)),
        bad(
            "an extension without end", "\(chunked)5;\(String(repeating: "a", count: 40))", .chunkLineTooLong(limit: 32)
        ),
        bad(
            "a size of very many zeros", "\(chunked)\(String(repeating: "0", count: 40))\r\n",
            .chunkLineTooLong(limit: 32)),
        bad(
            "trailers beyond the limit", "\(chunked)0\r\nX: \(String(repeating: "a", count: 80))\r\n\r\n",
            .trailersTooLarge(limit: 64)),
        bad(
            "many small trailers", "\(chunked)0\r\n\(String(repeating: "a:b\r\n", count: 9))\r\n",
            .tooManyFields(limit: 8)),
        bad(
            "a trailer that is framing without colon", "\(chunked)0\r\nContent-Length\r\n\r\n",
            .fieldWithoutColon(at: 50)),
        bad("a NUL in a trailer", "\(chunked)0\r\nX: \0\r\n\r\n", .nulByte(at: 53)),
        bad("closed after the head", chunked, .truncatedChunkedBody(at: 47)),
        bad("closed in a size line", "\(chunked)5", .truncatedChunkedBody(at: 48)),
        bad("closed in chunk data", "\(chunked)5\r\nhel", .truncatedChunkedBody(at: 53)),
        bad("closed before the chunk's end", "\(chunked)5\r\nhello", .truncatedChunkedBody(at: 55)),
        bad("closed between CR and LF", "\(chunked)5\r\nhello\r", .truncatedChunkedBody(at: 56)),
        bad("closed before the last chunk", "\(chunked)5\r\nhello\r\n", .truncatedChunkedBody(at: 57)),
        bad("closed before the trailers' end", "\(chunked)0\r\n", .truncatedChunkedBody(at: 50)),
    ]
}
