// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraHTTP2
import VajraLifecycle
import VajraModel

/// One request and its response over HTTP/2, used for one iteration after the other. Lane-confined, which is what makes
/// it `Sendable`.
final class HTTP2Exchange: HTTP2StreamOwner, DeadlineMember, HTTPResponseFacts, @unchecked Sendable {
    @exclusivity(unchecked) var deadline = MonotonicInstant.distantFuture
    @exclusivity(unchecked) var isQueued = false
    @exclusivity(unchecked) var earlier: Unmanaged<HTTP2Exchange>?
    @exclusivity(unchecked) var later: Unmanaged<HTTP2Exchange>?

    /// What goes over the wire.
    let stream: HTTP2Stream
    /// What is sent; its memory is looked at until the end.
    @exclusivity(unchecked) var request: HTTP2Request?
    /// The connection that carries it; nil before and after.
    @exclusivity(unchecked) var connection: HTTP2Connection?
    @exclusivity(unchecked) private var waiter: UnsafeContinuation<ExchangeEnd, Never>?

    init(watchedHeaders: [String], search: BodySearch?) {
        stream = HTTP2Stream(watchedHeaders: watchedHeaders, search: search)
        stream.owner = self
    }

    var status: Int { stream.status }
    func watchedValue(_ index: Int) -> String? { stream.watchedValue(index) }
    func withWatchedValue<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        stream.withWatchedValue(index, body)
    }
    var bodyMatched: Bool { stream.bodyMatched }

    /// Waits for the end, of which ``finished(_:)`` or ``expire()`` tells.
    func end() async -> ExchangeEnd {
        await withUnsafeContinuation { waiter = $0 }
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
        let connection = self.connection
        self.connection = nil
        connection?.released()
        waiter?.resume(returning: end)
        waiter = nil
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
