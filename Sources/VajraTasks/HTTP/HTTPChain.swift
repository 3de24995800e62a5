// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraHTTP2
import VajraLifecycle
import VajraModel
import VajraSystem

/// An iteration's requests: the first one, and those along redirects. It serves one iteration after the other.
/// `Sendable` because only the lane's thread uses it. It keeps its state out of the frame of a request in flight.
final class HTTPChain: HTTPRequestSource, @unchecked Sendable {
    /// Its owner. `unowned(unsafe)`, because a plain `unowned` counts references at each use.
    private unowned(unsafe) let session: HTTPSession
    @exclusivity(unchecked) private var index: UInt64 = 0
    @exclusivity(unchecked) private var slot = 0
    @exclusivity(unchecked) private var deadline = MonotonicInstant.distantFuture
    @exclusivity(unchecked) private var redirection: HTTPRedirection?
    /// Whether the last request asked for its connection's end.
    @exclusivity(unchecked) private var closes = false
    @exclusivity(unchecked) private var (sent, received): (UInt64, UInt64) = (0, 0)
    /// How the iteration went, once it has ended.
    @exclusivity(unchecked) private(set) var outcome = Outcome.success

    init(_ session: HTTPSession) {
        self.session = session
    }

    /// Begins an iteration.
    func begin(_ iteration: Iteration, until deadline: MonotonicInstant) {
        (index, slot) = (iteration.index, iteration.slot)
        self.deadline = deadline
        redirection = nil
        (sent, received) = (0, 0)
    }

    /// Sends the next request.
    func send(_ waiter: UnsafeContinuation<HTTPAnswer, Never>) {
        guard let redirection else { return session.pools.own.exchange(self, until: deadline, waiter) }
        do throws(HTTPTaskError) {
            try session.pools.pool(for: redirection).exchange(self, until: deadline, waiter)
        } catch {
            waiter.resume(returning: .unconnected(ConnectFailure(kind: .redirect, message: error.description)))
        }
    }

    /// Looks at an answer; true if another request must be sent.
    @inline(never)
    func goesOn(after answer: HTTPAnswer) -> Bool {
        defer {
            if closes { answer.close() }
            answer.release()
        }
        sent += UInt64(answer.bytesSent)
        received += UInt64(answer.bytesReceived)
        guard case .complete(let instant) = answer.end else { return ended(answer.outcome(by: session.judge)) }
        guard session.keepsMore else { return ended(answer.outcome(by: session.judge)) }
        takeCookies(answer)
        switch follow(answer) {
        case .none: return ended(answer.outcome(by: session.judge))
        case .some(var failure?):
            failure.completedAt = instant
            return ended(failure)
        case .some(nil):
            if Clock.now() < deadline { return true }
            return ended(.failure(.timeout, message: "redirects, and no last response in time"))
        }
    }

    private func ended(_ outcome: Outcome) -> Bool {
        self.outcome = outcome
        (self.outcome.bytesSent, self.outcome.bytesReceived) = (sent, received)
        return false
    }

    // MARK: Requests

    func http1() -> HTTP1Request {
        let bytes = request { session.renderer.encoded($0) }
        closes = session.renderer.closes
        return HTTP1Request(
            bytes: bytes, isShortLived: true, isHead: redirection.map { $0.method == "HEAD" } ?? session.isHead)
    }

    func http2() -> HTTP2Request {
        let isSecure = redirection.map { $0.url.scheme == .https } ?? session.isSecure
        return request { HTTP2Request($0, isSecure: isSecure) }
    }

    private func request<Result>(_ use: (HTTPRequestParts) -> Result) -> Result {
        session.renderer.request(
            index, redirection,
            addCookies: { target, output in session.jars?.append(slot, redirection, target, to: &output) }, use)
    }

    // MARK: Cookies

    private func takeCookies(_ answer: HTTPAnswer) {
        guard let jars = session.jars, let place = session.judge.cookiePlace else { return }
        var requested: [UInt8]?
        answer.watched.forEachValue(place) { value in
            guard let cookie = SetCookie(parsing: value) else { return }
            let target = requested ?? target()
            requested = target
            jars.take(cookie, slot, redirection, target: target)
        }
    }

    /// The target of the request that was answered.
    private func target() -> [UInt8] {
        redirection.map { Array($0.url.target.utf8) } ?? session.renderer.target(index)
    }

    // MARK: Redirects

    /// Follows the response if it is a redirect. Nil if it is none; else nothing, or the failure to follow it.
    private func follow(_ answer: HTTPAnswer) -> Outcome?? {
        let status = answer.status
        guard let place = session.judge.locationPlace, HTTPRedirection.isAsked(by: status),
            let location = answer.watched.firstValue(place)
        else { return .none }
        var next =
            redirection
            ?? HTTPRedirection(
                url: session.url, target: String(decoding: session.renderer.target(index), as: UTF8.self),
                method: session.method)
        guard next.count < session.redirects else {
            let message = "more than \(session.redirects) redirects; the next leads to '\(Self.text(location))'"
            return .failure(.redirectLimit, status: .code(status), message: message)
        }
        do throws(HTTPURLError) {
            try next.follow(status: status, location: location)
        } catch {
            let message = "the redirect to '\(Self.text(location))' cannot be followed: \(error)"
            return .failure(.redirect, status: .code(status), message: message)
        }
        redirection = next
        return .some(nil)
    }

    /// A Location as a message shows it.
    private static func text(_ location: [UInt8]) -> String { String(decoding: location.prefix(200), as: UTF8.self) }
}
