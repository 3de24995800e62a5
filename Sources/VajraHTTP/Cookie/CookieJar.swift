// SPDX-License-Identifier: Apache-2.0

/// The cookies of one user (RFC 6265 5.3 and 5.4), at most 64 and 16 KiB. New cookies replace the oldest.
package struct CookieJar: Sendable {
    /// The most cookies.
    package static let mostCookies = 64
    /// The most bytes of their names and values.
    package static let mostBytes = 16_384

    /// The parts of a request's destination that decide which cookies it gets.
    package struct Place: Sendable {
        /// The host in lower case, without port and brackets.
        package var host: [UInt8]
        /// The request target, from which the path is taken.
        package var target: [UInt8]
        /// Whether it travels over TLS.
        package var isSecure: Bool

        /// - Parameter authority: A name or an address, with or without port.
        package init(authority: some Collection<UInt8>, target: [UInt8], isSecure: Bool) {
            let isBracketed = authority.first == UInt8(ascii: "[")
            let end = isBracketed ? UInt8(ascii: "]") : ASCII.colon
            host = authority.dropFirst(isBracketed ? 1 : 0).prefix { $0 != end }.map(ASCII.lowercased)
            self.target = target
            self.isSecure = isSecure
        }

        fileprivate var path: ArraySlice<UInt8> { target.prefix { $0 != UInt8(ascii: "?") } }
    }

    private struct Cookie {
        let name: [UInt8]
        var value: [UInt8]
        let domain: [UInt8]
        let isHostOnly: Bool
        let path: [UInt8]
        var isSecure: Bool
        var expires: Int64
        let number: UInt64
    }

    /// In the order in which they are sent: longer paths first, then those that came first.
    private var cookies: [Cookie] = []
    private var created: UInt64 = 0

    package init() {}

    /// How many cookies there are, including some that may have expired.
    package var count: Int { cookies.count }

    /// Takes the cookie of a response's field; `now` is in seconds since the Unix epoch.
    ///
    /// An expired cookie deletes the stored one. A cookie of a domain that does not cover the host is refused.
    package mutating func take(_ cookie: SetCookie, from place: Place, now: Int64) {
        var domain = place.host
        var isHostOnly = true
        if let named = cookie.domain, named != place.host {
            guard Self.matches(place.host, domain: named) else { return }
            domain = named
            isHostOnly = false
        } else if cookie.domain != nil {
            isHostOnly = Self.isAddress(place.host)
        }
        let path = cookie.path ?? Self.folder(of: place.path)
        let age = cookie.maxAge.map { $0 > Int64.max - now ? .max : now + $0 }
        let expires = age ?? cookie.expires ?? .max
        let old = cookies.firstIndex { $0.name == cookie.name && $0.domain == domain && $0.path == path }
        if expires <= now {
            if let old { cookies.remove(at: old) }
        } else if let old {
            cookies[old].value = cookie.value
            cookies[old].isSecure = cookie.isSecure
            cookies[old].expires = expires
        } else {
            created += 1
            let new = Cookie(
                name: cookie.name, value: cookie.value, domain: domain, isHostOnly: isHostOnly, path: path,
                isSecure: cookie.isSecure, expires: expires, number: created)
            let shorter = cookies.firstIndex { $0.path.count < path.count } ?? cookies.count
            cookies.insert(new, at: shorter)
        }
        makeRoom(now: now)
    }

    private mutating func makeRoom(now: Int64) {
        if cookies.contains(where: { $0.expires <= now }) { cookies.removeAll { $0.expires <= now } }
        while cookies.count > Self.mostCookies || bytes > Self.mostBytes {
            guard let oldest = cookies.indices.min(by: { cookies[$0].number < cookies[$1].number }) else { return }
            cookies.remove(at: oldest)
        }
    }

    private var bytes: Int { cookies.reduce(0) { $0 + $1.name.count + $1.value.count } }

    /// Appends the request's Cookie value, `a=1; b=2`, to the output, after `; ` unless the output is empty. Appends
    /// nothing when no cookie is for the request.
    package func append(for place: Place, now: Int64, to output: inout [UInt8]) {
        for index in cookies.indices where isFor(place, index, now) {
            if !output.isEmpty {
                output.append(ASCII.semicolon)
                output.append(ASCII.space)
            }
            output.append(contentsOf: cookies[index].name)
            output.append(UInt8(ascii: "="))
            output.append(contentsOf: cookies[index].value)
        }
    }

    private func isFor(_ place: Place, _ index: Int, _ now: Int64) -> Bool {
        cookies[index].expires > now && (!cookies[index].isSecure || place.isSecure)
            && (cookies[index].isHostOnly
                ? cookies[index].domain == place.host : Self.matches(place.host, domain: cookies[index].domain))
            && Self.matches(place.path, path: cookies[index].path)
    }

    /// RFC 6265 5.1.3.
    private static func matches(_ host: [UInt8], domain: [UInt8]) -> Bool {
        if host == domain { return true }
        guard host.count > domain.count, !isAddress(host) else { return false }
        let start = host.count - domain.count
        return host[start - 1] == UInt8(ascii: ".") && host[start...].elementsEqual(domain)
    }

    private static func isAddress(_ host: [UInt8]) -> Bool {
        host.contains(ASCII.colon) || host.allSatisfy { ASCII.isDigit($0) || $0 == UInt8(ascii: ".") }
    }

    /// RFC 6265 5.1.4, the default: the path up to its last slash.
    private static func folder(of path: ArraySlice<UInt8>) -> [UInt8] {
        guard let last = path.lastIndex(of: ASCII.slash), last > path.startIndex else { return [ASCII.slash] }
        return Array(path[..<last])
    }

    /// RFC 6265 5.1.4.
    private static func matches(_ requested: ArraySlice<UInt8>, path: [UInt8]) -> Bool {
        guard requested.starts(with: path) else { return false }
        return requested.count == path.count || path.last == ASCII.slash
            || requested[requested.startIndex + path.count] == ASCII.slash
    }
}
