// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraHTTP2
import VajraLifecycle
import VajraModel

/// One request and its response over HTTP/2; reused for one iteration after the other. `Sendable` because only the
/// lane's thread uses it.
final class HTTP2Exchange: HTTP2StreamOwner, DeadlineMember, HTTPResponseFacts, @unchecked Sendable {
    @exclusivity(unchecked) var deadline = MonotonicInstant.distantFuture
    @exclusivity(unchecked) var isQueued = false
    @exclusivity(unchecked) var earlier: Unmanaged<HTTP2Exchange>?
    @exclusivity(unchecked) var later: Unmanaged<HTTP2Exchange>?

    /// What goes over the wire.
    let stream: HTTP2Stream
    /// The request; its memory is read until the end.
    @exclusivity(unchecked) private var request: HTTP2Request?
    /// The connection that carries it; nil before and after.
    @exclusivity(unchecked) private var connection: HTTP2Connection?
    /// Who is told of the end.
    @exclusivity(unchecked) private var waiter: UnsafeContinuation<HTTPAnswer, Never>?
    /// Keeps itself alive while it goes on, because neither the session nor the deadlines do.
    @exclusivity(unchecked) private var kept: HTTP2Exchange?
    /// How the last exchange ended.
    @exclusivity(unchecked) private(set) var end = ExchangeEnd.failed(.closed, "")
    private unowned let pool: HTTP2Pool

    init(pool: HTTP2Pool, watchedHeaders: [String], search: BodySearch?) {
        self.pool = pool
        stream = HTTP2Stream(watchedHeaders: watchedHeaders, search: search)
        stream.owner = self
    }

    var status: Int { stream.status }
    var watched: WatchedFields { stream.fields }
    var bodyMatched: Bool { stream.bodyMatched }

    /// Gives the exchange back, after the response was judged.
    func release() { pool.giveBack(self) }

    /// Sends the request on the connection, and tells the waiter of the end.
    func begin(
        _ request: HTTP2Request, on connection: HTTP2Connection, _ waiter: UnsafeContinuation<HTTPAnswer, Never>
    ) {
        (kept, self.request, self.connection, self.waiter) = (self, request, connection, waiter)
        connection.begin(request, self)
    }

    func finished(_ end: HTTP2StreamEnd) {
        guard let connection else { return }
        resume(explained(end, connection))
    }

    /// The deadline has passed: gives up, and tells the server.
    func expire() {
        let heard = stream.hasReceivedAnything ? "an incomplete response" : "no response"
        connection?.cancel(self)
        resume(.failed(.timeout, "\(heard) in time"))
    }

    private func resume(_ end: ExchangeEnd) {
        self.end = end
        pool.ended(self)
        let connection = self.connection
        self.connection = nil
        connection?.released()
        waiter?.resume(returning: .http2(self))
        waiter = nil
        kept = nil
    }

    private func explained(_ end: HTTP2StreamEnd, _ connection: HTTP2Connection) -> ExchangeEnd {
        switch end {
        case .complete: return .complete(connection.lastReceived)
        case .malformed: return .failed(.malformedResponse, "the response breaks the rules of HTTP/2")
        case .notProcessed:
            return .failed(
                .goAway,
                "the server closes the connection (GOAWAY, \(connection.goAwayReason)) and has not looked at this "
                    + "request; end connections before it does with --max-requests-per-connection")
        case .reset(let code):
            let name = HTTP2Session.name(ofCode: code)
            let kind: FailureKind = code == HTTP2Session.refusedStream ? .streamRefused : .streamReset
            return .failed(kind, "the server ended the stream (RST_STREAM): \(name)")
        case .connectionEnded:
            let failure = connection.failure
            guard failure.kind == .closed, stream.hasReceivedAnything else {
                return .failed(failure.kind, failure.message)
            }
            return .failed(.shortBody, "\(failure.message) in the middle of a response")
        }
    }
}
