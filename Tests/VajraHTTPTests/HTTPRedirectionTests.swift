// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP

@Suite struct HTTPRedirectionTests {
    static func text(_ url: HTTPURL) -> String { "\(url.scheme.rawValue)://\(url.hostHeader)\(url.target)" }

    /// RFC 3986 5.4, as far as the scheme is one that requests can be sent to, and what servers write beyond it.
    static let resolved: [(reference: String, expected: String)] = [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
        ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"),
        ("g#s", "http://a/b/c/g"), ("g?y#s", "http://a/b/c/g?y"), (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
        ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
        ("g?y/../x", "http://a/b/c/g?y/../x"), ("http://x:81", "http://x:81/"), ("HTTPS://X/y/../z", "https://x/z"),
        ("/a b?c d", "http://a/a%20b?c%20d"), ("/é", "http://a/%C3%A9"), ("http://u:p@x/", "http://x/"),
        ("a:b", "fault"), ("mailto:x", "fault"), ("ftp://x/", "fault"), ("http://", "fault"), ("http://x:0/", "fault"),
        ("http://a b/", "fault"), ("/\u{7F}", "fault"), ("/\t", "fault"), ("http://é/", "fault"),
        // What servers write, and curl and browsers follow.
        ("/%zz", "http://a/%zz"), ("/100%/x", "http://a/100%/x"), ("?d=50%off", "http://a/b/c/d;p?d=50%off"),
        ("%", "http://a/b/c/%"), ("http://u%:p@x/", "http://x/"), ("/a%2", "http://a/a%2"),
        // A byte that combines with the one before it is a byte of its own.
        ("/a \u{301}", "http://a/a%20%CC%81"), ("/\u{301}g", "http://a/%CC%81g"), ("//\u{301}", "fault"),
        ("?\u{301}", "http://a/b/c/d;p?%CC%81"), ("g#\u{301}", "http://a/b/c/g"),
        ("..\u{301}/g", "http://a/b/c/..%CC%81/g"),
        ("http://x/\u{301}", "http://x/%CC%81"), ("http://x:81\u{301}/", "fault"),
    ]

    @Test(arguments: resolved.indices)
    func `a Location is taken as the URL that it means`(row: Int) throws {
        let (reference, expected) = Self.resolved[row]
        let base = try HTTPURL("http://a/b/c/d;p?q")
        #expect((try? base.resolving(Array(reference.utf8))).map(Self.text) ?? "fault" == expected, "\(reference)")
    }

    @Test func `bytes that are no UTF-8 are encoded as they are`() throws {
        let base = try HTTPURL("http://a/b/c/d;p?q")
        let latin1 = Array("/caf".utf8) + [0xE9]
        #expect(try base.resolving(latin1).target == "/caf%E9")
        #expect(try base.resolving(Array("http://x".utf8) + latin1).target == "/caf%E9")
        #expect(try base.resolving(Array("?".utf8) + [0xFF, 0xC3]).target == "/b/c/d;p?%FF%C3")
    }

    @Test func `what a server behind a Unix socket calls itself stays on the socket`() throws {
        let base = try HTTPURL("http+unix://%2Frun%2Fa/x/y")
        #expect(try base.resolving(Array("http://localhost/z".utf8)).socketPath == base.socketPath)
        #expect(try base.resolving(Array("z".utf8)).target == "/x/z")
        #expect(try base.resolving(Array("//other/z".utf8)).host == "other")
    }

    static let methods: [(status: Int, method: String, becomes: String, keepsBody: Bool)] = [
        (301, "POST", "GET", false), (302, "POST", "GET", false), (303, "POST", "GET", false),
        (307, "POST", "POST", true), (308, "POST", "POST", true), (301, "PUT", "PUT", true), (302, "PUT", "PUT", true),
        (303, "PUT", "GET", false), (303, "DELETE", "GET", false), (303, "HEAD", "HEAD", true),
        (301, "HEAD", "HEAD", true), (302, "GET", "GET", true), (303, "GET", "GET", true),
    ]

    @Test(arguments: methods.indices)
    func `the method and the body follow RFC 9110`(row: Int) throws {
        let (status, method, becomes, keepsBody) = Self.methods[row]
        var redirection = HTTPRedirection(url: try HTTPURL("http://a/"), target: "/x", method: method)
        try redirection.follow(status: status, location: Array("/y".utf8))
        #expect(redirection.method == becomes)
        #expect(redirection.keepsBody == keepsBody)
        #expect(redirection.url.target == "/y")
        #expect(redirection.count == 1)
    }

    @Test func `only some statuses ask to be followed`() {
        #expect((100...599).filter(HTTPRedirection.isAsked) == [301, 302, 303, 307, 308])
    }

    static let parts = try? HTTPRequestEncoder(
        method: "POST", target: "/x", host: "a",
        fields: [
            HTTPField("Authorization", "Bearer t"), HTTPField("content-type", "text/plain"), HTTPField("COOKIE", "c=1"),
            HTTPField("X-A", "1"),
        ], body: [66], version: "1"
    ).parts()

    static let sent: [(status: Int, location: String, expected: String)] = [
        (
            307, "/y",
            "POST /y HTTP/1.1\r\nHost: a\r\nUser-Agent: vajra-gen/1\r\nAccept: */*\r\nAuthorization: Bearer t\r\n"
                + "content-type: text/plain\r\nCOOKIE: c=1\r\nX-A: 1\r\nContent-Length: 1\r\n\r\nB"
        ),
        (
            303, "/y",
            "GET /y HTTP/1.1\r\nHost: a\r\nUser-Agent: vajra-gen/1\r\nAccept: */*\r\nAuthorization: Bearer t\r\n"
                + "COOKIE: c=1\r\nX-A: 1\r\n\r\n"
        ),
        (
            307, "http://b:81/y",
            "POST /y HTTP/1.1\r\nHost: b:81\r\nUser-Agent: vajra-gen/1\r\nAccept: */*\r\n"
                + "content-type: text/plain\r\nX-A: 1\r\nContent-Length: 1\r\n\r\nB"
        ),
        (
            302, "http://a:81/",
            "GET / HTTP/1.1\r\nHost: a:81\r\nUser-Agent: vajra-gen/1\r\nAccept: */*\r\nX-A: 1\r\n\r\n"
        ),
    ]

    @Test(arguments: sent.indices)
    func `credentials stay on their origin, and what tells of a body goes with it`(row: Int) throws {
        let (status, location, expected) = Self.sent[row]
        var redirection = HTTPRedirection(url: try HTTPURL("http://a/"), target: "/x", method: "POST")
        try redirection.follow(status: status, location: Array(location.utf8))
        var parts = try #require(Self.parts)
        parts.redirect(redirection)
        let buffer = HTTPRequestBuffer()
        parts.append(to: buffer)
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == expected)
        #expect(parts.authority == Array(redirection.url.hostHeader.utf8))
    }

    @Test func `a request that comes back has its credentials again, but not its body`() throws {
        var redirection = HTTPRedirection(url: try HTTPURL("http://a/"), target: "/x", method: "POST")
        try redirection.follow(status: 302, location: Array("http://login/".utf8))
        try redirection.follow(status: 307, location: Array("http://a/back".utf8))
        var parts = try #require(Self.parts)
        parts.redirect(redirection)
        #expect(parts.fields.contains { $0.isNamed("authorization") } && parts.body.isEmpty)
        #expect(redirection.method == "GET" && redirection.count == 2 && !redirection.isElsewhere)
    }
}
