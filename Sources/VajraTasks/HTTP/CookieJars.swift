// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraSystem

/// The cookie jars of one lane: one for each user of the closed model, and for each slot of the open one.
final class CookieJars {
    /// So many values of Set-Cookie are looked at in one response.
    static let mostOfAResponse = 20

    private let isSecure: Bool
    private let host: [UInt8]
    private var jars: [CookieJar] = []

    /// - Parameter request: What is sent at first; a Host of its own is what cookies are for.
    init(_ request: HTTPTaskRequest) {
        let isFixed = !request.renderers.contains { $0.place == .field(request.parts.hostIndex) }
        isSecure = request.url.scheme == .https
        host = CookieJars.host(isFixed ? request.parts.authority : Array(request.url.hostHeader.utf8))
    }

    /// The host in a Host field: in lower case, without the port and the brackets of an IPv6 address.
    private static func host(_ authority: [UInt8]) -> [UInt8] {
        let lowercase = String(decoding: authority, as: UTF8.self).lowercased().utf8
        if lowercase.first == UInt8(ascii: "[") {
            return Array(lowercase.dropFirst().prefix { $0 != UInt8(ascii: "]") })
        }
        return Array(lowercase.prefix { $0 != UInt8(ascii: ":") })
    }

    private func place(_ redirection: HTTPRedirection?, _ target: [UInt8]) -> CookieJar.Place {
        guard let redirection, redirection.isElsewhere else {
            return CookieJar.Place(host: host, target: target, isSecure: isSecure)
        }
        return CookieJar.Place(
            host: CookieJars.host(Array(redirection.url.hostHeader.utf8)), target: target,
            isSecure: redirection.url.scheme == .https)
    }

    /// Writes the user's cookies for a request behind the output.
    func append(_ slot: Int, _ redirection: HTTPRedirection?, _ target: [UInt8], to output: inout [UInt8]) {
        guard slot < jars.count, jars[slot].count > 0 else { return }
        jars[slot].append(for: place(redirection, target), now: CookieJars.now(), to: &output)
    }

    /// Takes the cookies of a response to a request for the target; `value(i)` is the response's i-th Set-Cookie.
    func take(
        _ slot: Int, _ redirection: HTTPRedirection?, target: () -> [UInt8],
        value: (_ index: Int) -> SetCookie??
    ) {
        var requested: CookieJar.Place?
        for index in 0..<CookieJars.mostOfAResponse {
            guard let field = value(index) else { return }
            guard let cookie = field else { continue }
            while jars.count <= slot { jars.append(CookieJar()) }
            let place = requested ?? place(redirection, target())
            requested = place
            jars[slot].take(cookie, from: place, now: CookieJars.now())
        }
    }

    private static func now() -> Int64 { Clock.unixMicroseconds() / 1_000_000 }
}
