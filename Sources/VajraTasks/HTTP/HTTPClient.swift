// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraLane
import VajraModel

/// The connections to one server, in the version of HTTP that the task speaks.
enum HTTPClient {
    case http1(HTTPConnectionPool)
    case http2(HTTP2Pool)

    /// Has no connections yet. They keep the parts of a response that `judge` needs.
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

    /// Sends the source's request on a connection that has room, or on a new one, and tells the waiter of the end.
    func exchange(
        _ source: some HTTPRequestSource, until deadline: MonotonicInstant,
        _ waiter: UnsafeContinuation<HTTPAnswer, Never>
    ) {
        switch self {
        case .http1(let pool): pool.exchange(source, until: deadline, waiter)
        case .http2(let pool): pool.exchange(source, until: deadline, waiter)
        }
    }

    func closeAll() {
        switch self {
        case .http1(let pool): pool.closeAll()
        case .http2(let pool): pool.closeAll()
        }
    }
}
