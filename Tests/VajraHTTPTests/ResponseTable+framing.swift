// SPDX-License-Identifier: Apache-2.0

import VajraHTTP

extension ResponseTable {
    static let lengths: [ResponseCase] = [
        good("an empty body", "\(start)\(empty)"),
        good(
            "a second response behind the body", "\(start)Content-Length: 2\r\n\r\nokHTTP/1.1", body: "ok",
            rest: "HTTP/1.1"),
        good("leading zeros", "\(start)Content-Length: 0002\r\n\r\nok", body: "ok"),
        good("the same length twice", "\(start)Content-Length: 2\r\nContent-Length: 2\r\n\r\nok", body: "ok"),
        good("the same length as a list", "\(start)Content-Length: 2, 2\r\n\r\nok", body: "ok"),
        good("a list of three without spaces", "\(start)Content-Length: 2,2,2\r\n\r\nok", body: "ok"),
        good("the same number written differently", "\(start)Content-Length: 2, 02\r\n\r\nok", body: "ok"),
        good("a 204 with a length", "HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n", status: 204),
        good("a 204 and the next response", "HTTP/1.1 204 No\r\n\r\nHTTP", status: 204, rest: "HTTP"),
        good("a 304 with the length it would have had", "HTTP/1.1 304 NM\r\nContent-Length: 5\r\n\r\n", status: 304),
        good("a 304 with chunked", "HTTP/1.1 304 NM\r\nTransfer-Encoding: chunked\r\n\r\n", status: 304),
        good("the answer to HEAD", "\(start)Content-Length: 5\r\n\r\n", head: true),
        good("the answer to HEAD without length", "\(start)Server: x\r\n\r\n", head: true),
        good("the answer to HEAD with chunked", "\(start)Transfer-Encoding: chunked\r\n\r\n", head: true),
        good("a 500 with a body", "HTTP/1.1 500 x\r\nContent-Length: 3\r\n\r\nerr", status: 500, body: "err"),
        good("a body with NUL, CR and LF", "\(start)Content-Length: 4\r\n\r\n\0\r\r\n", body: "\0\r\r\n"),
        bad(
            "two lengths that differ", "\(start)Content-Length: 2\r\nContent-Length: 3\r\n\r\n",
            .conflictingContentLength(2, 3)),
        bad("a list that differs", "\(start)Content-Length: 2, 3\r\n\r\n", .conflictingContentLength(2, 3)),
        bad("a list with an empty element", "\(start)Content-Length: 2,,2\r\n\r\n", .badContentLength(at: 17)),
        bad("a list that ends in a comma", "\(start)Content-Length: 2,\r\n\r\n", .badContentLength(at: 17)),
        bad("a list that begins with a comma", "\(start)Content-Length: ,2\r\n\r\n", .badContentLength(at: 17)),
        bad("a length that is empty", "\(start)Content-Length:\r\n\r\n", .badContentLength(at: 17)),
        bad("a negative length", "\(start)Content-Length: -1\r\n\r\n", .badContentLength(at: 17)),
        bad("a signed length", "\(start)Content-Length: +1\r\n\r\n", .badContentLength(at: 17)),
        bad("a hexadecimal length", "\(start)Content-Length: 0x10\r\n\r\n", .badContentLength(at: 17)),
        bad("a length with a unit", "\(start)Content-Length: 5 bytes\r\n\r\n", .badContentLength(at: 17)),
        bad("a decimal fraction", "\(start)Content-Length: 5.0\r\n\r\n", .badContentLength(at: 17)),
        bad("a length of 2^63", "\(start)Content-Length: 9223372036854775808\r\n\r\n", .contentLengthOverflow(at: 17)),
        bad(
            "a length of 40 digits", "\(start)Content-Length: \(String(repeating: "9", count: 40))\r\n\r\n",
            .contentLengthOverflow(at: 17)),
        bad(
            "a length of 2^63-1 that nobody sends", "\(start)Content-Length: 9223372036854775807\r\n\r\nx",
            .shortBody(missing: Int.max - 1)),
        bad(
            "a bad length in an answer without body", "HTTP/1.1 204 No\r\nContent-Length: x\r\n\r\n",
            .badContentLength(at: 17)),
    ]

    static let connections: [ResponseCase] = [
        good("close", "\(start)Connection: close\r\n\(empty)", keepsAlive: false),
        good("Close in capitals", "\(start)CONNECTION: CLOSE\r\n\(empty)", keepsAlive: false),
        good("keep-alive", "\(start)Connection: Keep-Alive\r\n\(empty)"),
        good("a list with close", "\(start)Connection: foo, close ,bar\r\n\(empty)", keepsAlive: false),
        good("a list with empty elements", "\(start)Connection: ,, close,\r\n\(empty)", keepsAlive: false),
        good("close wins over keep-alive", "\(start)Connection: close, keep-alive\r\n\(empty)", keepsAlive: false),
        good(
            "close in a second line", "\(start)Connection: keep-alive\r\nConnection: close\r\n\(empty)",
            keepsAlive: false),
        good("a word that only contains close", "\(start)Connection: closet\r\n\(empty)"),
        good("an upgrade offer", "\(start)Connection: upgrade\r\nUpgrade: h2c\r\n\(empty)"),
        good("an empty Connection", "\(start)Connection:\r\n\(empty)"),
        good("HTTP/1.0 closes", "HTTP/1.0 200 OK\r\n\(empty)", keepsAlive: false),
        good("HTTP/1.0 with keep-alive", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\(empty)"),
        good("HTTP/1.0 with both", "HTTP/1.0 200 OK\r\nConnection: keep-alive, close\r\n\(empty)", keepsAlive: false),
        good("Proxy-Connection means nothing", "\(start)Proxy-Connection: close\r\n\(empty)"),
    ]

    static let interims: [ResponseCase] = [
        good("100 and then the response", "HTTP/1.1 100 Continue\r\n\r\n\(start)\(empty)"),
        good(
            "100, 103 and then the response", "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 103 E\r\nLink: a\r\n\r\n\(start)\(empty)"),
        good(
            "a 100 whose fields do not count",
            "HTTP/1.1 100 C\r\nConnection: close\r\nContent-Length: 9\r\n\r\n\(start)\(empty)"),
        good("a 102 from WebDAV", "HTTP/1.1 102 Processing\n\n\(start)\(empty)"),
        good(
            "101 is final and ends HTTP", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nraw", status: 101,
            keepsAlive: false, rest: "raw"),
        good("an empty line between interim and final", "HTTP/1.1 100 C\r\n\r\n\r\n\(start)\(empty)"),
        bad(
            "more interims than the limit", String(repeating: "HTTP/1.1 100 C\r\n\r\n", count: 3) + start + empty,
            .tooManyInterimResponses(limit: 2)),
        bad("an interim and then nothing", "HTTP/1.1 100 C\r\n\r\n", .truncatedHead(at: 18)),
        bad("an interim and then garbage", "HTTP/1.1 100 C\r\n\r\nnonsense\r\n", .notHTTP(at: 18)),
        bad(
            "a bad length after an interim", "HTTP/1.1 100 C\r\n\r\n\(start)Content-Length: x\r\n\r\n",
            .badContentLength(at: 35)),
    ]

    static let ends: [ResponseCase] = [
        good("a body until close", "\(start)\r\nhello", body: "hello", keepsAlive: false),
        good("an empty body until close", "\(start)\r\n", keepsAlive: false),
        good(
            "a body until close despite keep-alive", "\(start)Connection: keep-alive\r\n\r\nhi", body: "hi",
            keepsAlive: false),
        good("HTTP/1.0 as of old", "HTTP/1.0 200 OK\r\n\r\nhello", body: "hello", keepsAlive: false),
        good(
            "a coding that is not chunked", "\(start)Transfer-Encoding: gzip\r\n\r\nzzz", body: "zzz", keepsAlive: false
        ),
        good(
            "chunked that is not last", "\(start)Transfer-Encoding: chunked, gzip\r\n\r\nzzz", body: "zzz",
            keepsAlive: false),
        good(
            "a coding without chunked beside a length",
            "\(start)Transfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\nzzz", body: "zzz", keepsAlive: false),
        good(
            "identity beside a length", "\(start)Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nokHTTP",
            body: "ok",
            rest: "HTTP"),
        good("identity alone", "\(start)Transfer-Encoding: Identity\r\n\r\nzzz", body: "zzz", keepsAlive: false),
        good("identity, chunked", "\(start)Transfer-Encoding: identity, chunked\r\n\r\n1\r\nz\r\n0\r\n\r\n", body: "z"),
        good(
            "identity in a second line",
            "\(start)Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        good("an empty Transfer-Encoding", "\(start)Transfer-Encoding:\r\n\r\nzzz", body: "zzz", keepsAlive: false),
        bad("nothing at all", "", .closedBeforeResponse),
        bad("a single CR", "\r", .truncatedHead(at: 1)),
        bad("an empty line and no more", "\r\n", .truncatedHead(at: 2)),
        bad("half a status line", "HTTP/1.", .truncatedHead(at: 7)),
        bad("a status line and no more", start, .truncatedHead(at: 17)),
        bad("a head without its empty line", "\(start)Content-Length: 2\r\n", .truncatedHead(at: 36)),
        bad("half an empty line", "\(start)Content-Length: 2\r\n\r", .truncatedHead(at: 37)),
        bad("a body that is one byte short", "\(start)Content-Length: 3\r\n\r\nok", .shortBody(missing: 1)),
        bad("a body that never comes", "\(start)Content-Length: 3\r\n\r\n", .shortBody(missing: 3)),
    ]

    private static let fill = String(repeating: "x", count: 234)

    static let limits: [ResponseCase] = [
        // 17 bytes of status line, 2 of name and colon, 233 of value, two line ends of 2: 256.
        good("a head of exactly the limit", "\(start)X:\(fill.dropFirst(1))\r\n\r\n", keepsAlive: false),
        bad("a head of one byte more", "\(start)X:\(fill)\r\n\r\n", .headTooLarge(limit: 256)),
        bad("a field without end", "\(start)X:\(fill)\(fill)", .headTooLarge(limit: 256)),
        bad("a status line without end", "HTTP/1.1 200 \(fill)\(fill)", .headTooLarge(limit: 256)),
        bad("a fold without end", "\(start)X: \(String(repeating: "\r\n y", count: 80))", .headTooLarge(limit: 256)),
        bad("garbage without a line end", fill + fill, .headTooLarge(limit: 256)),
        good("as many fields as allowed", "\(start)\(String(repeating: "a: b\r\n", count: 7))\(empty)"),
        bad("one field too many", "\(start)\(String(repeating: "a: b\r\n", count: 9))\r\n", .tooManyFields(limit: 8)),
        good(
            "the limit is for each head",
            "HTTP/1.1 100 C\r\nX: \(fill.dropFirst(50))\r\n\r\n\(start)X: \(fill.dropFirst(50))\r\n\(empty)"),
    ]
}
