// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraLane
import VajraModel

/// The connections of one task instance on one lane: the last one used is the first to be used again.
///
/// Lane-confined, which is what makes it `Sendable`.
final class HTTPConnectionPool: LaneTimerHandler, @unchecked Sendable {
    let lane: Lane
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)

    /// How many requests a connection carries at most.
    let mostRequests: Int

    private let dialer: HTTPDialer<HTTPConnection>
    private let watchedHeaders: [String]
    private let search: BodySearch?
    @exclusivity(unchecked) private var idle: [HTTPConnection] = []
    @exclusivity(unchecked) private var exchanging = DeadlineQueue<HTTPConnection>()
    @exclusivity(unchecked) private var armedAt = MonotonicInstant.distantFuture

    init(
        lane: Lane, destination: HTTPDestination, mostRequests: Int, watchedHeaders: [String], search: BodySearch?
    ) {
        self.lane = lane
        self.mostRequests = mostRequests
        self.watchedHeaders = watchedHeaders
        self.search = search
        dialer = HTTPDialer(lane: lane, destination: destination)
    }

    deinit {
        readBuffer.deallocate()
    }

    // MARK: Taking and giving back

    /// An idle connection, if there is one.
    func takeIdle() -> HTTPConnection? {
        while let connection = idle.popLast() {
            if connection.isUsable { return connection }
            connection.close()
        }
        return nil
    }

    /// Opens a connection.
    func connect(until deadline: MonotonicInstant) async -> Result<HTTPConnection, ConnectFailure> {
        await dialer.connect(until: deadline) { transport in
            HTTPConnection(transport: transport, pool: self, watchedHeaders: watchedHeaders, search: search)
        }
    }

    /// Begins to watch the exchange's deadline.
    func began(_ connection: HTTPConnection, deadline: MonotonicInstant) {
        exchanging.append(connection, deadline: deadline)
        if deadline < armedAt { arm() }
    }

    /// Ends watching the deadline, and keeps the connection if it can be used again.
    func ended(_ connection: HTTPConnection) {
        exchanging.remove(connection)
        if connection.isUsable {
            idle.append(connection)
        } else {
            connection.close()
        }
    }

    /// Drops an idle connection that the server has closed or written to unasked.
    func discard(_ connection: HTTPConnection) {
        if let index = idle.lastIndex(where: { $0 === connection }) { idle.remove(at: index) }
        connection.close()
    }

    /// Closes what is idle.
    func closeAll() {
        for connection in idle { connection.close() }
        idle.removeAll()
        while let connection = exchanging.first {
            exchanging.remove(connection)
            connection.close()
        }
    }

    // MARK: Deadlines

    func timerFired(now: MonotonicInstant) {
        armedAt = .distantFuture
        while let connection = exchanging.popExpired(now: now) { connection.expire() }
        arm()
    }

    private func arm() {
        guard let next = exchanging.first?.deadline, next < armedAt else { return }
        armedAt = next
        lane.schedule(self, at: next)
    }
}
