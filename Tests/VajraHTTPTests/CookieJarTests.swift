// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP

@Suite struct CookieJarTests {
    static func cookie(_ text: String) -> SetCookie? {
        Array(text.utf8).withUnsafeBytes { SetCookie(parsing: $0) }
    }

    static func place(_ host: String, _ target: String = "/", isSecure: Bool = false) -> CookieJar.Place {
        CookieJar.Place(authority: host.utf8, target: Array(target.utf8), isSecure: isSecure)
    }

    static func jar(_ cookies: [String], from place: CookieJar.Place, now: Int64 = 1000) -> CookieJar {
        var jar = CookieJar()
        for text in cookies {
            if let cookie = cookie(text) { jar.take(cookie, from: place, now: now) }
        }
        return jar
    }

    static func sent(_ jar: CookieJar, to place: CookieJar.Place, now: Int64 = 1000) -> String {
        var output: [UInt8] = []
        jar.append(for: place, now: now, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    static let pairs: [(text: String, expected: String?)] = [
        ("a=1", "a=1"), ("a=", "a="), (" a = 1 2 ; Path=/", "a=1 2"), ("a=b=c", "a=b=c"), ("a=\"q\"", "a=\"q\""),
        ("a", nil), ("=1", nil), ("", nil), (";a=1", nil), ("a=\u{1}", nil), ("a\u{7F}=1", nil),
        ("a=" + String(repeating: "x", count: 4094), "a=" + String(repeating: "x", count: 4094)),
        ("a=" + String(repeating: "x", count: 4095), nil),
    ]

    @Test(arguments: pairs.indices)
    func `a field is a cookie, or none`(row: Int) {
        let (text, expected) = Self.pairs[row]
        let cookie = Self.cookie(text)
        #expect(cookie.map { String(decoding: $0.name + [0x3D] + $0.value, as: UTF8.self) } == expected)
    }

    static let dates: [(text: String, seconds: Int64?)] = [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777), ("Sun Nov  6 08:49:37 1994", 784_111_777),
        ("Tue, 29 Feb 2028 12:00:00 GMT", 1_835_438_400), ("Fri, 31-Dec-69 23:59:59 GMT", 3_155_759_999),
        ("1 jan 70 1:2:3", 3723), ("Wed, 01 Jan 2070 00:00:00", 3_155_760_000), ("01 Mar 2000 00:00:00", 951_868_800),
        ("", nil), ("never", nil), ("Thu, 01 Jan 1970", nil), ("32 Jan 1970 00:00:00", nil),
        ("01 Jan 1970 24:00:00", nil), ("01 Jan 1600 00:00:00", nil), ("01 Foo 1970 00:00:00", nil),
    ]

    @Test(arguments: dates.indices)
    func `an Expires is read as browsers do`(row: Int) {
        let (text, seconds) = Self.dates[row]
        #expect(Self.cookie("a=1; expires=\(text)")?.expires == seconds)
    }

    static let kept: [(story: String, cookies: [String], from: String, sent: String)] = [
        ("one, and the last value of its name", ["a=1; Path=/", "a=2; path=/"], "/x", "a=2"),
        ("longer paths first, then older ones", ["a=1; Path=/", "b=2; Path=/x", "c=3; Path=/"], "/x", "b=2; a=1; c=3"),
        ("without a Path that of the request", ["a=1"], "/x/y", "a=1"),
        ("one of another folder is not sent", ["a=1"], "/y/z", ""),
        ("a Path that is none is that of the request", ["a=1; Path=x"], "/x/y", "a=1"),
        ("Max-Age 0 deletes", ["a=1; Path=/", "b=1; Path=/", "a=; Path=/; Max-Age=0"], "/x", "b=1"),
        ("a negative Max-Age deletes", ["a=1; Path=/", "a=; Path=/; Max-Age=-5"], "/x", ""),
        ("Max-Age wins over Expires", ["a=1; Path=/; Max-Age=5; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], "/x", "a=1"),
        (
            "an Expires that is past deletes", ["a=1; Path=/", "a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
            "/x", ""
        ),
        ("dates and ages that are none are passed over", ["a=1; Path=/; Expires=x; Max-Age=1h"], "/x", "a=1"),
        ("a huge Max-Age lasts", ["a=1; Path=/; Max-Age=99999999999999999999"], "/x", "a=1"),
        ("a Secure one stays home", ["a=1; Path=/; Secure", "b=2; Path=/"], "/x", "b=2"),
        (
            "the own domain and one above it", ["a=1; Path=/; Domain=www.h.test", "b=2; Path=/; Domain=.H.test"], "/x",
            "a=1; b=2"
        ),
        ("a foreign domain is refused", ["a=1; Path=/; Domain=evil.test", "b=2; Path=/; Domain=w.h.test"], "/x", ""),
        (
            "unknown attributes are passed over", ["a=1; Path=/; SameSite=Lax; HttpOnly; Foo=bar; Partitioned"], "/x",
            "a=1"
        ),
    ]

    @Test(arguments: kept.indices)
    func `a jar keeps and sends by RFC 6265`(row: Int) {
        let (story, cookies, from, sent) = Self.kept[row]
        let jar = Self.jar(cookies, from: Self.place("www.h.test", from))
        #expect(Self.sent(jar, to: Self.place("www.h.test", "/x/z?q")) == sent, "\(story)")
    }

    static let hosts: [(domain: String?, from: String, to: String, isSent: Bool)] = [
        (nil, "h.test", "h.test", true), (nil, "h.test", "www.h.test", false),
        ("h.test", "h.test", "www.h.test", true), ("h.test", "www.h.test", "h.test", true),
        ("h.test", "www.h.test", "notah.test", false), ("127.0.0.1", "127.0.0.1", "127.0.0.1", true),
        ("0.0.1", "127.0.0.1", "127.0.0.1", false), ("", "h.test", "h.test", true),
        ("::1", "[::1]:80", "[::1]", true), ("h.test", "H.test:81", "www.h.test", true),
    ]

    @Test(arguments: hosts.indices)
    func `a domain is a host and those below it, never part of an address`(row: Int) {
        let (domain, from, to, isSent) = Self.hosts[row]
        let jar = Self.jar(["a=1" + (domain.map { "; Domain=\($0)" } ?? "")], from: Self.place(from))
        #expect(Self.sent(jar, to: Self.place(to)) == (isSent ? "a=1" : ""))
    }

    static let paths: [(path: String, target: String, isSent: Bool)] = [
        ("/", "/", true), ("/a", "/a", true), ("/a", "/a/b", true), ("/a", "/ab", false), ("/a/", "/a/b", true),
        ("/a/", "/a", false), ("/a", "/a?x=/b", true), ("/b", "/?/b", false),
    ]

    @Test(arguments: paths.indices)
    func `a path is a folder and all below it`(row: Int) {
        let (path, target, isSent) = Self.paths[row]
        let jar = Self.jar(["a=1; Path=\(path)"], from: Self.place("h"))
        #expect(Self.sent(jar, to: Self.place("h", target)) == (isSent ? "a=1" : ""))
    }

    @Test func `a Secure cookie goes over TLS, and one that has ended nowhere`() {
        let jar = Self.jar(["a=1; Secure", "b=2; Max-Age=10"], from: Self.place("h"), now: 1000)
        #expect(Self.sent(jar, to: Self.place("h", isSecure: true), now: 1009) == "a=1; b=2")
        #expect(Self.sent(jar, to: Self.place("h", isSecure: true), now: 1010) == "a=1")
    }

    @Test func `cookies go behind those that are there`() {
        var output = Array("own=1".utf8)
        Self.jar(["a=1"], from: Self.place("h")).append(for: Self.place("h"), now: 1000, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "own=1; a=1")
    }

    @Test func `a jar is bounded in count and bytes, and the oldest make room`() {
        let many = Self.jar((0..<100).map { "c\($0)=1" }, from: Self.place("h"))
        #expect(many.count == CookieJar.mostCookies)
        #expect(Self.sent(many, to: Self.place("h")).hasPrefix("c36=1; c37=1"))
        let long = Self.jar((0..<8).map { "c\($0)=" + String(repeating: "x", count: 4000) }, from: Self.place("h"))
        #expect(long.count == 4)
        #expect(Self.sent(long, to: Self.place("h")).hasPrefix("c4="))
    }
}
