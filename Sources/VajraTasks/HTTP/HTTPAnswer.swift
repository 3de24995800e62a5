// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraHTTP2
import VajraLifecycle
import VajraModel

/// How an exchange, or the attempt to connect for one, has ended.
enum ExchangeEnd: Sendable {
    /// The response is complete; its last byte was read at this instant.
    case complete(MonotonicInstant)
    case failed(FailureKind, String)
}

/// The result of a request: the connection or exchange that carried it, which keeps the response until it is released.
/// It is one word, because the frame of every request in flight holds it.
enum HTTPAnswer: HTTPResponseFacts, Sendable {
    case http1(HTTPConnection)
    case http2(HTTP2Exchange)
    /// There was no connection for it.
    case noConnection(NoConnection)

    /// Why there was no connection.
    final class NoConnection: Sendable {
        let failure: ConnectFailure

        init(_ failure: ConnectFailure) {
            self.failure = failure
        }
    }

    /// There was no connection.
    static func unconnected(_ failure: ConnectFailure) -> HTTPAnswer { .noConnection(NoConnection(failure)) }

    var end: ExchangeEnd {
        switch self {
        case .http1(let connection): connection.end
        case .http2(let exchange): exchange.end
        case .noConnection(let reason): .failed(reason.failure.kind, reason.failure.message)
        }
    }

    /// The outcome, by what the config expects of a response.
    func outcome(by judge: HTTPJudge) -> Outcome {
        var outcome =
            switch self {
            case .http1(let connection): judge.outcome(of: connection.end, on: connection)
            case .http2(let exchange): judge.outcome(of: exchange.end, on: exchange)
            case .noConnection(let reason): Outcome.failure(reason.failure.kind, message: reason.failure.message)
            }
        outcome.bytesSent = UInt64(bytesSent)
        outcome.bytesReceived = UInt64(bytesReceived)
        return outcome
    }

    /// Ends the connection of HTTP/1.1 that carried it.
    func close() {
        if case .http1(let connection) = self { connection.close() }
    }

    /// Releases the response, so that others can use the connection or exchange.
    func release() {
        switch self {
        case .http1(let connection): connection.release()
        case .http2(let exchange): exchange.release()
        case .noConnection: break
        }
    }

    var bytesSent: Int {
        switch self {
        case .http1(let connection): connection.bytesSent
        case .http2(let exchange): exchange.stream.bytesSent
        case .noConnection: 0
        }
    }

    var bytesReceived: Int {
        switch self {
        case .http1(let connection): connection.bytesReceived
        case .http2(let exchange): exchange.stream.bytesReceived
        case .noConnection: 0
        }
    }

    var status: Int {
        switch self {
        case .http1(let connection): connection.status
        case .http2(let exchange): exchange.status
        case .noConnection: 0
        }
    }

    var watched: WatchedFields {
        switch self {
        case .http1(let connection): connection.watched
        case .http2(let exchange): exchange.watched
        case .noConnection: WatchedFields([])
        }
    }

    var bodyMatched: Bool {
        switch self {
        case .http1(let connection): connection.bodyMatched
        case .http2(let exchange): exchange.bodyMatched
        case .noConnection: false
        }
    }
}
