// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP

@Suite struct HTTPURLTests {
    struct Good: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let host: String
        let port: Int
        let target: String
        let hostHeader: String

        init(_ story: String, _ text: String, _ host: String, _ port: Int, _ target: String, _ hostHeader: String) {
            testDescription = story
            self.text = text
            self.host = host
            self.port = port
            self.target = target
            self.hostHeader = hostHeader
        }
    }

    static let good: [Good] = [
        Good("only a host", "http://example.com", "example.com", 80, "/", "example.com"),
        Good("a path and a query", "http://h/a/b?c=d", "h", 80, "/a/b?c=d", "h"),
        Good("a query without a path", "http://h?c=d", "h", 80, "/?c=d", "h"),
        Good("a fragment is dropped", "http://h/a#b?c", "h", 80, "/a", "h"),
        Good("a fragment right after the host", "http://h#b/c", "h", 80, "/", "h"),
        Good("a port", "http://127.0.0.1:8080/", "127.0.0.1", 8080, "/", "127.0.0.1:8080"),
        Good("the default port spelt out", "http://h:80/", "h", 80, "/", "h"),
        Good("an empty port", "http://h:/x", "h", 80, "/x", "h"),
        Good("the highest port", "http://h:65535", "h", 65535, "/", "h:65535"),
        Good("a port with leading zeros", "http://h:0080", "h", 80, "/", "h"),
        Good("https", "https://h/", "h", 443, "/", "h"),
        Good("https on port 80", "https://h:80/", "h", 80, "/", "h:80"),
        Good("capitals", "HTTP://Example.COM/Path", "example.com", 80, "/Path", "example.com"),
        Good("IPv6", "http://[::1]/x", "::1", 80, "/x", "[::1]"),
        Good("IPv6 with a port", "http://[2001:DB8::1]:81/", "2001:db8::1", 81, "/", "[2001:db8::1]:81"),
        Good("IPv6 with a zone", "http://[fe80::1%25eth0]/", "fe80::1%eth0", 80, "/", "[fe80::1]"),
        Good("IPv4 in IPv6", "http://[::ffff:1.2.3.4]/", "::ffff:1.2.3.4", 80, "/", "[::ffff:1.2.3.4]"),
        Good("escapes stay", "http://h/a%20b%2Fc", "h", 80, "/a%20b%2Fc", "h"),
        Good("UTF-8 is escaped", "http://h/é?ü", "h", 80, "/%C3%A9?%C3%BC", "h"),
        Good("brackets and quotes are escaped", "http://h/\"<>\\^`{|}", "h", 80, "/%22%3C%3E%5C%5E%60%7B%7C%7D", "h"),
        Good("what may stay stays", "http://h/!$&'()*+,;=:@-._~[]", "h", 80, "/!$&'()*+,;=:@-._~[]", "h"),
        Good("an at sign in the path", "http://h/a@b", "h", 80, "/a@b", "h"),
        Good("two slashes in the path", "http://h//a", "h", 80, "//a", "h"),
        Good("an underscore in the host", "http://my_service:1/", "my_service", 1, "/", "my_service:1"),
    ]

    @Test(arguments: good)
    func `a URL is cut as its story says`(row: Good) throws {
        let url = try HTTPURL(row.text)
        #expect(url.host == row.host)
        #expect(url.port == row.port)
        #expect(url.target == row.target)
        #expect(url.hostHeader == row.hostHeader)
        #expect(url.socketPath == nil && url.credentials == nil)
    }

    static let bad: [(text: String, cause: HTTPURLError.Cause, offset: Int)] = [
        ("", .missingScheme, 0), ("example.com", .missingScheme, 0), ("localhost:8080/x", .missingScheme, 0),
        ("//h/x", .missingScheme, 0), ("http:/h", .missingScheme, 0), ("http:h", .missingScheme, 0),
        ("://h", .missingScheme, 0), ("ftp://h", .unsupportedScheme("ftp"), 0), ("ws://h", .unsupportedScheme("ws"), 0),
        ("http://", .emptyHost, 7), ("http:///x", .emptyHost, 7), ("http://:80", .emptyHost, 7),
        ("http://u@/x", .emptyHost, 9), ("http://?q", .emptyHost, 7), ("http+unix:///x", .emptyHost, 12),
        ("http://h:0", .badPort, 9), ("http://h:65536", .badPort, 9), ("http://h:x", .badPort, 9),
        ("http://h:-1", .badPort, 9), ("http://h:99999999999999999999", .badPort, 9), ("http://h:80:80", .badPort, 9),
        ("http://[::1]80", .badPort, 12), ("http://[::1", .badIPv6, 7), ("http://[]", .badIPv6, 8),
        ("http://[1.2.3.4]", .badIPv6, 8), ("http://[::g]", .badIPv6, 8), ("http://[fe80::1%25]", .badIPv6, 15),
        ("http://a b/", .forbiddenByte(32), 8), ("http://h/a b", .forbiddenByte(32), 10),
        (" http://h", .missingScheme, 0), ("http://h/\r\nX: y", .forbiddenByte(13), 9),
        ("http://h/\nX: y", .forbiddenByte(10), 9), ("http://h/\0", .forbiddenByte(0), 9),
        ("http://h/\u{7F}", .forbiddenByte(127), 9), ("http://h/#a b", .forbiddenByte(32), 11),
        ("http://h/%", .badPercentEncoding, 9), ("http://h/%zz", .badPercentEncoding, 9),
        ("http://h/%4#1", .badPercentEncoding, 9), ("http://exämple.com", .badHost, 9),
        ("http://a\\b/", .badHost, 8), ("http://a%41/", .badHost, 8), ("http://u%:p@h/", .badPercentEncoding, 8),
        ("http://a%3Ab:c@h/", .badUserInfo, 7), ("http+unix://u@%2Fs/", .badUserInfo, 12),
        ("http+unix://%2Fa%00b/", .badSocketPath, 12),
        ("http+unix://\(String(repeating: "a", count: 108))/", .badSocketPath, 12),
    ]

    @Test(arguments: bad.indices)
    func `a URL that cannot be used is refused with place, cause and remedy`(index: Int) {
        let row = Self.bad[index]
        let error = #expect(throws: HTTPURLError.self, "\(row.text)") { try HTTPURL(row.text) }
        #expect(error?.cause == row.cause, "\(row.text)")
        #expect(error?.offset == row.offset, "\(row.text)")
        #expect(error?.description.hasPrefix("URL, byte \(row.offset): ") == true)
    }

    @Test func `a URL without scheme is answered with the scheme to write`() {
        let error = #expect(throws: HTTPURLError.self) { try HTTPURL("localhost:8080") }
        #expect(error?.description == "URL, byte 0: no scheme; write http://…")
    }

    @Test func `a Unix socket stands percent-encoded in the host's place`() throws {
        let url = try HTTPURL("http+unix://%2Frun%2Fapp.sock/items?x")
        #expect(url.scheme == .unix && url.host.isEmpty && url.port == 0)
        #expect(url.socketPath == Array("/run/app.sock".utf8))
        #expect(url.target == "/items?x")
        #expect(url.hostHeader == "localhost")
    }

    @Test(arguments: [
        ("http://Aladdin:open%20sesame@h/", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), ("http://u@h/", "Basic dTo="),
        ("http://u:@h/", "Basic dTo="), ("http://a:b:c@h/", "Basic YTpiOmM="),
        ("http://us:p@ss@h/", "Basic dXM6cEBzcw=="),
        ("http://:p@h/", "Basic OnA="),
    ])
    func `user information becomes Basic credentials`(text: String, authorization: String) throws {
        let url = try HTTPURL(text)
        #expect(url.host == "h")
        #expect(url.credentials?.authorization == authorization)
    }
}
