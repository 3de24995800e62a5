// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraHTTP
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
            let pool: HTTPConnectionPool
            do throws(HTTPTaskError) {
                pool = try redirection.map { (next) throws(HTTPTaskError) in try pools.pool(for: next) } ?? pools.own
            } catch {
                return total(.failure(.redirect, message: error.description), sent, received)
            }
            let connection: HTTPConnection
            if let idle = pool.takeIdle() {
                connection = idle
            } else {
                switch await pool.connect(until: deadline) {
                case .success(let opened): connection = opened
                case .failure(let failure):
                    return total(.failure(failure.kind, message: failure.message), sent, received)
                }
            }
            pool.began(connection, deadline: deadline)
            let bytes = request(iteration, redirection)
            sent += UInt64(bytes.count)
            let end = await connection.exchange(
                bytes, isHead: (redirection?.method ?? method) == "HEAD", isShortLived: true)
            defer { pool.ended(connection) }
            received += UInt64(connection.response.headBytes + connection.response.bodyBytes)
            guard case .complete(let instant) = end else {
                return total(judge.outcome(of: end, on: connection), sent, received)
            }
            takeCookies(iteration, redirection, connection)
            switch follow(iteration, &redirection, connection) {
            case .none: return total(judge.outcome(of: end, on: connection), sent, received)
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

    private func request(_ iteration: Iteration, _ redirection: HTTPRedirection?) -> UnsafeRawBufferPointer {
        renderer.request(iteration.index, redirection) { target, output in
            jars?.append(iteration.slot, redirection, target, to: &output)
        }
    }

    // MARK: Cookies

    private func takeCookies(_ iteration: Iteration, _ redirection: HTTPRedirection?, _ connection: HTTPConnection) {
        guard let jars, let first = judge.cookiePlace else { return }
        jars.take(
            iteration.slot, redirection, target: { target(iteration, redirection) },
            value: { index in
                connection.response.withWatchedValue(first + index) { $0.map { SetCookie(parsing: $0) } }
            })
    }

    /// The target of the request that was answered.
    private func target(_ iteration: Iteration, _ redirection: HTTPRedirection?) -> [UInt8] {
        redirection.map { Array($0.url.target.utf8) } ?? renderer.target(iteration.index)
    }

    // MARK: Redirects

    /// Follows the response if it asks for that: nil if it does not, else nothing or the failure to do so.
    private func follow(
        _ iteration: Iteration, _ redirection: inout HTTPRedirection?, _ connection: HTTPConnection
    ) -> Outcome?? {
        let status = connection.response.status
        guard let place = judge.locationPlace, HTTPRedirection.isAsked(by: status),
            let location = connection.response.watchedValue(place)
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
