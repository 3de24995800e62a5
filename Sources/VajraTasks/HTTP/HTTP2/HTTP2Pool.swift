// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraHTTP2
import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// The HTTP/2 connections of one task instance on one lane: as few as have room for what is in flight.
///
/// Lane-confined, which is what makes it `Sendable`.
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
    /// Those that had room when they were last looked at; the last one is the next to be used.
    @exclusivity(unchecked) private var offered: [HTTP2Connection] = []
    /// Those with something to write.
    @exclusivity(unchecked) private var dirty: [HTTP2Connection] = []
    @exclusivity(unchecked) private var opening: Opening?
    @exclusivity(unchecked) private var spare: [HTTP2Exchange] = []
    @exclusivity(unchecked) private var exchanging = DeadlineQueue<HTTP2Exchange>()
    @exclusivity(unchecked) private var armedAt = MonotonicInstant.distantFuture

    /// A connection that is being opened, and those who wait for it.
    private final class Opening {
        var expected = 1
        var waiters: [UnsafeContinuation<ConnectFailure?, Never>] = []
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
    }

    deinit {
        readBuffer.deallocate()
    }

    // MARK: Exchanges

    /// An exchange that is not in use; give it back when its response has been judged.
    func takeExchange() -> HTTP2Exchange {
        guard let exchange = spare.popLast() else {
            return HTTP2Exchange(watchedHeaders: watchedHeaders, search: search)
        }
        exchange.stream.reset()
        return exchange
    }

    /// Keeps the exchange for another iteration.
    func giveBack(_ exchange: HTTP2Exchange) {
        spare.append(exchange)
    }

    /// Sends a request on a connection with room, and waits for the end; the request is asked for when there is one.
    func perform(
        on exchange: HTTP2Exchange, until deadline: MonotonicInstant, request: () -> HTTP2Request
    ) async -> ExchangeEnd {
        while true {
            if let connection = takeOffered() {
                let request = request()
                exchange.request = request
                connection.begin(request, exchange)
                exchanging.append(exchange, deadline: deadline)
                arm()
                let end = await exchange.end()
                exchanging.remove(exchange)
                return end
            }
            if let failure = await connect(until: deadline) { return .failed(failure.kind, failure.message) }
        }
    }

    private func takeOffered() -> HTTP2Connection? {
        while let connection = offered.last {
            if connection.hasRoom { return connection }
            connection.isOffered = false
            offered.removeLast()
        }
        return nil
    }

    /// Waits until there is another connection; it is the one that is being opened if that will have room.
    private func connect(until deadline: MonotonicInstant) async -> ConnectFailure? {
        if let opening, opening.expected < min(mostStreams, mostRequests) {
            opening.expected += 1
            return await withUnsafeContinuation { opening.waiters.append($0) }
        }
        let mine = Opening()
        opening = mine
        let result = await dialer.connect(until: deadline) { HTTP2Connection(transport: $0, pool: self) }
        if opening === mine { opening = nil }
        var failure: ConnectFailure?
        switch result {
        case .success(let connection):
            connection.place = connections.count
            connections.append(connection)
            offer(connection)
        case .failure(let reason): failure = reason
        }
        for waiter in mine.waiters { waiter.resume(returning: failure) }
        return failure
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

    /// Lets the connection write when all that is ready now has run, so that many frames go in one write.
    func flushLater(_ connection: HTTP2Connection) {
        if connection.isDirty { return }
        connection.isDirty = true
        if dirty.isEmpty { lane.schedule(self, at: lane.now) }
        dirty.append(connection)
    }

    /// Closes everything.
    func closeAll() {
        while let connection = connections.last { connection.close() }
        offered.removeAll()
    }

    // MARK: Timers

    func timerFired(now: MonotonicInstant) {
        flushDirty()
        guard now >= armedAt else { return }
        armedAt = .distantFuture
        while let exchange = exchanging.popExpired(now: now) { exchange.expire() }
        arm()
    }

    private func flushDirty() {
        guard !dirty.isEmpty else { return }
        let connections = dirty
        dirty.removeAll(keepingCapacity: true)
        for connection in connections { connection.flush() }
    }

    private func arm() {
        guard let next = exchanging.first?.deadline, next < armedAt else { return }
        armedAt = next
        lane.schedule(self, at: next)
    }
}
