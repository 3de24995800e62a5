// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// A connection that a ``HTTPDialer`` opens.
protocol HTTPDialed: DeadlineMember {
    /// Opens it; nil when that has succeeded.
    func open() async -> ConnectFailure?
    /// Whether an exchange may begin.
    var isUsable: Bool { get }
    /// The deadline has passed: gives up, whatever is going on.
    func expire()
}

/// Opens connections to one destination: to each address in turn, from the one that last worked.
///
/// Lane-confined, which is what makes it `Sendable`.
final class HTTPDialer<Connection: HTTPDialed>: LaneTimerHandler, @unchecked Sendable {
    private let lane: Lane
    private let destination: HTTPDestination
    private var addresses: HTTPAddresses
    private var opening = DeadlineQueue<Connection>()
    private var connections = 0
    private var armedAt = MonotonicInstant.distantFuture

    init(lane: Lane, destination: HTTPDestination) {
        self.lane = lane
        self.destination = destination
        addresses = HTTPAddresses(
            lane: lane, endpoint: destination.endpoint, lifetime: destination.dnsRefresh?.nanoseconds)
    }

    /// Opens a connection that `make` makes of a transport.
    func connect(
        until deadline: MonotonicInstant, make: (HTTPTransport) -> Connection
    ) async -> Result<Connection, ConnectFailure> {
        let targets: [SocketAddress]
        switch await addresses.resolve() {
        case .success(let found): targets = found.filter(isReachable)
        case .failure(let error): return .failure(ConnectFailure(kind: .dns, message: "\(error)"))
        }
        var last = ConnectFailure(
            kind: .unreachable, message: "no address of the target is of the family of a source address")
        let first = addresses.preferred
        for attempt in 0..<targets.count {
            let index = (first + attempt) % targets.count
            let connection: Connection
            do throws(SystemError) {
                let socket = try socket(to: targets[index])
                connection = make(HTTPTransport(socket: socket, address: targets[index], tls: destination.security))
            } catch {
                let message = SocketFailure.message(error.action, error.code)
                return .failure(ConnectFailure(kind: SocketFailure.kind(connecting: error.code), message: message))
            }
            let limit = Clock.now().advanced(byNanoseconds: destination.connectTimeout.nanoseconds)
            opening.append(connection, deadline: min(deadline, limit))
            arm()
            let failure = await connection.open()
            opening.remove(connection)
            guard let failure else {
                addresses.preferred = index
                if connection.isUsable { return .success(connection) }
                // Its time ran out in the very turn of the lane in which it was established.
                return .failure(ConnectFailure(kind: .connectTimeout, message: "no connection in time"))
            }
            last = failure
        }
        return .failure(last)
    }

    // MARK: Source addresses

    private func isReachable(_ target: SocketAddress) -> Bool {
        destination.sources.isEmpty || target.isUnixSocket
            || destination.sources.contains { $0.family == target.family }
    }

    private func socket(to target: SocketAddress) throws(SystemError) -> Socket {
        let socket = try Socket(family: target.family)
        let sources = destination.sources.filter { $0.family == target.family }
        guard !sources.isEmpty else { return socket }
        connections += 1
        do throws(SystemError) {
            try socket.bind(to: sources[connections % sources.count])
        } catch {
            socket.close()
            throw error
        }
        return socket
    }

    // MARK: Deadlines

    func timerFired(now: MonotonicInstant) {
        armedAt = .distantFuture
        while let connection = opening.popExpired(now: now) { connection.expire() }
        arm()
    }

    private func arm() {
        guard let next = opening.first?.deadline, next < armedAt else { return }
        armedAt = next
        lane.schedule(self, at: next)
    }
}
