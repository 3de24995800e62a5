// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraSystem

/// The cookie jars of one lane: one for each user of the closed model, and for each slot of the open one.
final class CookieJars {
    private let isSecure: Bool
    private let authority: [UInt8]
    private var jars: [CookieJar] = []

    /// - Parameter request: The first request; if it has a Host of its own, cookies belong to that host.
    init(_ request: HTTPTaskRequest) {
        let isFixed = !request.renderers.contains { $0.place == .field(request.parts.hostIndex) }
        isSecure = request.url.scheme == .https
        authority = isFixed ? request.parts.authority : Array(request.url.hostHeader.utf8)
    }

    private func place(_ redirection: HTTPRedirection?, _ target: [UInt8]) -> CookieJar.Place {
        guard let redirection, redirection.isElsewhere else {
            return CookieJar.Place(authority: authority, target: target, isSecure: isSecure)
        }
        return CookieJar.Place(
            authority: redirection.url.hostHeader.utf8, target: target, isSecure: redirection.url.scheme == .https)
    }

    /// Appends the user's cookies for a request to the output.
    func append(_ slot: Int, _ redirection: HTTPRedirection?, _ target: [UInt8], to output: inout [UInt8]) {
        guard slot < jars.count, jars[slot].count > 0 else { return }
        jars[slot].append(for: place(redirection, target), now: CookieJars.now(), to: &output)
    }

    /// Takes a cookie of a response to a request for the target.
    func take(_ cookie: SetCookie, _ slot: Int, _ redirection: HTTPRedirection?, target: [UInt8]) {
        while jars.count <= slot { jars.append(CookieJar()) }
        jars[slot].take(cookie, from: place(redirection, target), now: CookieJars.now())
    }

    private static func now() -> Int64 { Clock.unixMicroseconds() / 1_000_000 }
}
