// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraHTTP
import VajraHTTP2
import VajraLifecycle
import VajraModel
import VajraSystem

/// Requests that differ: by values of the iteration, by the user's cookies, along redirects.
///
/// Lane-confined, which is what makes it `Sendable`.
final class HTTPSession: @unchecked Sendable {
    let pools: HTTPOriginPools
    private let renderer: HTTPRequestRenderer
    private let jars: CookieJars?
    private let judge: HTTPJudge
    private let url: HTTPURL
    private let method: String
    private let redirects: Int

    init(_ config: HTTPTaskConfig, _ request: HTTPTaskRequest, _ pools: HTTPOriginPools, _ judge: HTTPJudge) {
        self.pools = pools
        self.judge = judge
        renderer = HTTPRequestRenderer(request)
        jars = config.sendsCookies ? CookieJars(request) : nil
        url = request.url
        method = config.method
        redirects = config.redirects
    }

    /// One exchange, and another for each redirect that is followed, all before the deadline.
    func execute(_ iteration: Iteration, until deadline: MonotonicInstant) async -> Outcome {
        var redirection: HTTPRedirection?
        var (sent, received): (UInt64, UInt64) = (0, 0)
        while true {
            let client: HTTPClient
            do throws(HTTPTaskError) {
                client = try redirection.map { (next) throws(HTTPTaskError) in try pools.pool(for: next) } ?? pools.own
            } catch {
                return total(.failure(.redirect, message: error.description), sent, received)
            }
            let (end, answer) = await exchange(client, iteration, redirection, deadline, &sent, &received)
            guard let answer else { return total(HTTPSession.failure(end), sent, received) }
            defer { answer.release() }
            guard case .complete(let instant) = end else {
                return total(judge.outcome(of: end, on: answer), sent, received)
            }
            takeCookies(iteration, redirection, answer)
            switch follow(iteration, &redirection, answer) {
            case .none: return total(judge.outcome(of: end, on: answer), sent, received)
            case .some(let failure?):
                var outcome = failure
                outcome.completedAt = instant
                return total(outcome, sent, received)
            case .some(nil):
                if Clock.now() >= deadline { return total(HTTPSession.tooLate, sent, received) }
            }
        }
    }

    private func total(_ outcome: Outcome, _ sent: UInt64, _ received: UInt64) -> Outcome {
        var outcome = outcome
        (outcome.bytesSent, outcome.bytesReceived) = (sent, received)
        return outcome
    }

    // MARK: Exchanges

    /// Sends one request; without an answer no connection could be had for it.
    private func exchange(
        _ client: HTTPClient, _ iteration: Iteration, _ redirection: HTTPRedirection?, _ deadline: MonotonicInstant,
        _ sent: inout UInt64, _ received: inout UInt64
    ) async -> (ExchangeEnd, HTTPAnswer?) {
        switch client {
        case .http1(let pool):
            let connection: HTTPConnection
            if let idle = pool.takeIdle() {
                connection = idle
            } else {
                switch await pool.connect(until: deadline) {
                case .success(let opened): connection = opened
                case .failure(let failure): return (.failed(failure.kind, failure.message), nil)
                }
            }
            pool.began(connection, deadline: deadline)
            let bytes = request(iteration, redirection) { renderer.encoded($0) }
            sent += UInt64(bytes.count)
            let end = await connection.exchange(
                bytes, isHead: (redirection?.method ?? method) == "HEAD", isShortLived: true)
            received += UInt64(connection.response.headBytes + connection.response.bodyBytes)
            return (end, .http1(connection, pool))
        case .http2(let pool):
            let exchange = pool.takeExchange()
            let isSecure = (redirection?.url ?? url).scheme == .https
            let end = await pool.perform(on: exchange, until: deadline) {
                request(iteration, redirection) { HTTP2Request($0, isSecure: isSecure) }
            }
            sent += UInt64(exchange.stream.bytesSent)
            received += UInt64(exchange.stream.bytesReceived)
            return (end, .http2(exchange, pool))
        }
    }

    private func request<Result>(
        _ iteration: Iteration, _ redirection: HTTPRedirection?, _ use: (HTTPRequestParts) -> Result
    ) -> Result {
        renderer.request(
            iteration.index, redirection,
            addCookies: { target, output in jars?.append(iteration.slot, redirection, target, to: &output) }, use)
    }

    private static func failure(_ end: ExchangeEnd) -> Outcome {
        guard case .failed(let kind, let message) = end else { preconditionFailure("a success without an answer") }
        return .failure(kind, message: message)
    }

    // MARK: Cookies

    private func takeCookies(_ iteration: Iteration, _ redirection: HTTPRedirection?, _ answer: HTTPAnswer) {
        guard let jars, let first = judge.cookiePlace else { return }
        jars.take(
            iteration.slot, redirection, target: { target(iteration, redirection) },
            value: { index in
                answer.withWatchedValue(first + index) { $0.map { SetCookie(parsing: $0) } }
            })
    }

    /// The target of the request that was answered.
    private func target(_ iteration: Iteration, _ redirection: HTTPRedirection?) -> [UInt8] {
        redirection.map { Array($0.url.target.utf8) } ?? renderer.target(iteration.index)
    }

    // MARK: Redirects

    /// Follows the response if it asks for that: nil if it does not, else nothing or the failure to do so.
    private func follow(
        _ iteration: Iteration, _ redirection: inout HTTPRedirection?, _ answer: HTTPAnswer
    ) -> Outcome?? {
        let status = answer.status
        guard let place = judge.locationPlace, HTTPRedirection.isAsked(by: status),
            let location = answer.watchedValue(place)
        else { return .none }
        var next =
            redirection
            ?? HTTPRedirection(
                url: url, target: String(decoding: renderer.target(iteration.index), as: UTF8.self), method: method)
        guard next.count < redirects else {
            let message = "more than \(redirects) redirects; the next leads to '\(location.prefix(200))'"
            return .failure(.redirectLimit, status: .code(status), message: message)
        }
        do throws(HTTPURLError) {
            try next.follow(status: status, location: location)
        } catch {
            let message = "the redirect to '\(location.prefix(200))' cannot be followed: \(error)"
            return .failure(.redirect, status: .code(status), message: message)
        }
        redirection = next
        return .some(nil)
    }

    private static let tooLate = Outcome.failure(.timeout, message: "redirects, and no last response in time")
}
