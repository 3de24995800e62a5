// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraLane
import VajraModel

/// The connections of one task instance on one lane. The last one used is the first to be used again.
///
/// `Sendable` because only the lane's thread uses it.
final class HTTPConnectionPool: @unchecked Sendable {
    let lane: Lane
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)

    /// How many requests a connection carries at most.
    let mostRequests: Int

    private let dialer: HTTPDialer<HTTPConnection>
    private let watchedHeaders: [String]
    private let search: BodySearch?
    @exclusivity(unchecked) private var idle: [HTTPConnection] = []
    private let exchanging: DeadlineWatch<HTTPConnection>

    init(
        lane: Lane, destination: HTTPDestination, mostRequests: Int, watchedHeaders: [String], search: BodySearch?
    ) {
        self.lane = lane
        self.mostRequests = mostRequests
        self.watchedHeaders = watchedHeaders
        self.search = search
        dialer = HTTPDialer(lane: lane, destination: destination)
        exchanging = DeadlineWatch(lane: lane)
    }

    deinit {
        readBuffer.deallocate()
    }

    // MARK: Exchanges

    /// Sends the source's request on an idle connection, or on a new one, and tells the waiter of the end.
    func exchange(
        _ source: some HTTPRequestSource, until deadline: MonotonicInstant,
        _ waiter: UnsafeContinuation<HTTPAnswer, Never>
    ) {
        if let idle = takeIdle() {
            begin(source, on: idle, deadline, waiter)
        } else {
            connect(source, until: deadline, waiter)
        }
    }

    private func begin(
        _ source: some HTTPRequestSource, on connection: HTTPConnection, _ deadline: MonotonicInstant,
        _ waiter: UnsafeContinuation<HTTPAnswer, Never>
    ) {
        exchanging.begin(connection, deadline: deadline)
        connection.exchange(source.http1(), waiter)
    }

    private func takeIdle() -> HTTPConnection? {
        while let connection = idle.popLast() {
            if connection.isUsable { return connection }
            connection.close()
        }
        return nil
    }

    @inline(never)
    private func connect(
        _ source: some HTTPRequestSource, until deadline: MonotonicInstant,
        _ waiter: UnsafeContinuation<HTTPAnswer, Never>
    ) {
        dialer.connect(
            until: deadline,
            make: { [self] transport in
                HTTPConnection(transport: transport, pool: self, watchedHeaders: watchedHeaders, search: search)
            },
            then: { [self] result in
                switch result {
                case .success(let connection): begin(source, on: connection, deadline, waiter)
                case .failure(let failure): waiter.resume(returning: .unconnected(failure))
                }
            })
    }

    /// Ends watching the deadline, and keeps the connection if it can be used again.
    func ended(_ connection: HTTPConnection) {
        exchanging.end(connection)
        if connection.isUsable {
            idle.append(connection)
        } else {
            connection.close()
        }
    }

    /// Drops an idle connection that the server has closed, or on which it has sent something.
    func discard(_ connection: HTTPConnection) {
        if let index = idle.lastIndex(where: { $0 === connection }) { idle.remove(at: index) }
        connection.close()
    }

    /// Closes the idle connections.
    func closeAll() {
        for connection in idle { connection.close() }
        idle.removeAll()
        while let connection = exchanging.first {
            exchanging.end(connection)
            connection.close()
        }
    }
}
