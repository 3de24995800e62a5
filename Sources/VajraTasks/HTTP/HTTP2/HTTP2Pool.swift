// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraHTTP2
import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// The HTTP/2 connections of one task instance on one lane: as few as carry all requests in flight.
///
/// `Sendable` because only the lane's thread uses it.
final class HTTP2Pool: LaneTimerHandler, @unchecked Sendable {
    let lane: Lane
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)
    /// How many streams a connection has at most, and how many requests in its life.
    let mostStreams: Int
    let mostRequests: Int

    private let dialer: HTTPDialer<HTTP2Connection>
    private let watchedHeaders: [String]
    private let search: BodySearch?
    @exclusivity(unchecked) private var connections: [HTTP2Connection] = []
    /// Connections that had room at the last look; the last one is used next.
    @exclusivity(unchecked) private var offered: [HTTP2Connection] = []
    /// Connections with something to write.
    @exclusivity(unchecked) private var dirty: [HTTP2Connection] = []
    @exclusivity(unchecked) private var opening: Opening?
    @exclusivity(unchecked) private var spare: [HTTP2Exchange] = []
    private let exchanging: DeadlineWatch<HTTP2Exchange>

    /// A connection that is being opened, and the exchanges that wait for it; the first one asked for it.
    private final class Opening {
        var waiters: [(ConnectFailure?) -> Void] = []
    }

    init(
        lane: Lane, destination: HTTPDestination, mostStreams: Int, mostRequests: Int, watchedHeaders: [String],
        search: BodySearch?
    ) {
        self.lane = lane
        self.mostStreams = mostStreams
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

    /// Sends the source's request on a connection with room, which may have to be opened, and tells the waiter of the
    /// end.
    func exchange(
        _ source: some HTTPRequestSource, until deadline: MonotonicInstant,
        _ waiter: UnsafeContinuation<HTTPAnswer, Never>
    ) {
        guard let connection = takeOffered() else { return connect(source, until: deadline, waiter) }
        let exchange = takeExchange()
        exchanging.begin(exchange, deadline: deadline)
        exchange.begin(source.http2(), on: connection, waiter)
    }

    private func takeExchange() -> HTTP2Exchange {
        guard let exchange = spare.popLast() else {
            return HTTP2Exchange(pool: self, watchedHeaders: watchedHeaders, search: search)
        }
        exchange.stream.reset()
        return exchange
    }

    /// The exchange has ended; stops watching its deadline.
    func ended(_ exchange: HTTP2Exchange) {
        exchanging.end(exchange)
    }

    /// Keeps the exchange for another iteration.
    func giveBack(_ exchange: HTTP2Exchange) {
        spare.append(exchange)
    }

    private func takeOffered() -> HTTP2Connection? {
        while let connection = offered.last {
            if connection.hasRoom { return connection }
            connection.isOffered = false
            offered.removeLast()
        }
        return nil
    }

    /// Sends the request once there is another connection: the one that is being opened, if it will have room.
    @inline(never)
    private func connect(
        _ source: some HTTPRequestSource, until deadline: MonotonicInstant,
        _ waiter: UnsafeContinuation<HTTPAnswer, Never>
    ) {
        let proceed: (ConnectFailure?) -> Void = { [self] failure in
            if let failure {
                waiter.resume(returning: .unconnected(failure))
            } else {
                exchange(source, until: deadline, waiter)
            }
        }
        if let opening, opening.waiters.count < min(mostStreams, mostRequests) {
            return opening.waiters.append(proceed)
        }
        let mine = Opening()
        mine.waiters.append(proceed)
        opening = mine
        dialer.connect(
            until: deadline,
            make: { [self] transport in HTTP2Connection(transport: transport, pool: self) },
            then: { [self] result in
                if opening === mine { opening = nil }
                opened(result, mine)
            })
    }

    private func opened(_ result: Result<HTTP2Connection, ConnectFailure>, _ opening: Opening) {
        var failure: ConnectFailure?
        switch result {
        case .success(let connection) where !connection.hasRoom:
            // Another connection would have no room either, and would open the next, as fast as the server accepts.
            failure = HTTP2Pool.noRoom(connection)
            connection.close()
        case .success(let connection):
            connection.place = connections.count
            connections.append(connection)
            offer(connection)
        case .failure(let reason): failure = reason
        }
        for waiter in opening.waiters { waiter(failure) }
    }

    private static func noRoom(_ connection: HTTP2Connection) -> ConnectFailure {
        let reason = connection.goAwayReason
        guard reason.isEmpty else {
            let message = "the server closes the connection (GOAWAY, \(reason)) before it has had a request"
            return ConnectFailure(kind: .goAway, message: message)
        }
        let message = "the server allows no stream on a new connection (SETTINGS_MAX_CONCURRENT_STREAMS is 0)"
        return ConnectFailure(kind: .streamRefused, message: message)
    }

    // MARK: Connections

    /// Lets the next exchange use the connection.
    func offer(_ connection: HTTP2Connection) {
        guard !connection.isOffered, connection.hasRoom else { return }
        connection.isOffered = true
        offered.append(connection)
    }

    /// The connection has ended.
    func forget(_ connection: HTTP2Connection) {
        guard connection.place < connections.count, connections[connection.place] === connection else { return }
        let last = connections.removeLast()
        if last !== connection {
            connections[connection.place] = last
            last.place = connection.place
        }
    }

    /// Lets the connection write after everything that is ready now has run, so that many frames go in one write.
    func flushLater(_ connection: HTTP2Connection) {
        if connection.isDirty { return }
        connection.isDirty = true
        if dirty.isEmpty { lane.schedule(self, at: lane.now) }
        dirty.append(connection)
    }

    func closeAll() {
        while let connection = connections.last { connection.close() }
        offered.removeAll()
    }

    // MARK: Writing

    func timerFired(now: MonotonicInstant) {
        flushDirty()
    }

    private func flushDirty() {
        guard !dirty.isEmpty else { return }
        let connections = dirty
        dirty.removeAll(keepingCapacity: true)
        for connection in connections { connection.flush() }
    }
}
