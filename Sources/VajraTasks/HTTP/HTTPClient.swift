// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraLane

/// The connections to one server, in the version of HTTP that the task speaks.
enum HTTPClient {
    case http1(HTTPConnectionPool)
    case http2(HTTP2Pool)

    /// No connections yet; their responses are looked at as `judge` demands.
    init(_ config: HTTPTaskConfig, _ destination: HTTPDestination, _ judge: HTTPJudge, lane: Lane) {
        switch config.version {
        case .http1:
            self = .http1(
                HTTPConnectionPool(
                    lane: lane, destination: destination, mostRequests: config.mostRequests,
                    watchedHeaders: judge.watchedHeaders, search: judge.search))
        case .http2:
            self = .http2(
                HTTP2Pool(
                    lane: lane, destination: destination, mostStreams: config.streams,
                    mostRequests: config.mostRequests,
                    watchedHeaders: judge.watchedHeaders, search: judge.search))
        }
    }

    /// Closes everything.
    func closeAll() {
        switch self {
        case .http1(let pool): pool.closeAll()
        case .http2(let pool): pool.closeAll()
        }
    }
}

/// A response, and the connection that it came on or the exchange that it was; release it when it has been looked at.
enum HTTPAnswer: HTTPResponseFacts {
    case http1(HTTPConnection, HTTPConnectionPool)
    case http2(HTTP2Exchange, HTTP2Pool)

    /// Lets others use what the response is kept in.
    func release() {
        switch self {
        case .http1(let connection, let pool): pool.ended(connection)
        case .http2(let exchange, let pool): pool.giveBack(exchange)
        }
    }

    var status: Int {
        switch self {
        case .http1(let connection, _): connection.status
        case .http2(let exchange, _): exchange.status
        }
    }

    func watchedValue(_ index: Int) -> String? {
        switch self {
        case .http1(let connection, _): connection.watchedValue(index)
        case .http2(let exchange, _): exchange.watchedValue(index)
        }
    }

    func withWatchedValue<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        switch self {
        case .http1(let connection, _): connection.withWatchedValue(index, body)
        case .http2(let exchange, _): exchange.withWatchedValue(index, body)
        }
    }

    var bodyMatched: Bool {
        switch self {
        case .http1(let connection, _): connection.bodyMatched
        case .http2(let exchange, _): exchange.bodyMatched
        }
    }
}
