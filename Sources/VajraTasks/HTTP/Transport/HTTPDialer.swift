// SPDX-License-Identifier: Apache-2.0

import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// A connection that a ``HTTPDialer`` opens.
protocol HTTPDialed: DeadlineMember {
    /// Opens it, and tells the attempt how that went; perhaps at once.
    func open(_ attempt: HTTPDial<Self>.Attempt)
    /// Closes it while it is being opened, without telling the attempt, because another one was faster.
    func abandon()
}

/// Opens connections to one destination: to the address that last worked first, and soon to the others beside it.
///
/// `Sendable` because only the lane's thread uses it.
final class HTTPDialer<Connection: HTTPDialed>: @unchecked Sendable {
    let lane: Lane
    let destination: HTTPDestination
    let addresses: HTTPAddresses
    /// The connections that are being opened.
    let opening: DeadlineWatch<Connection>
    private var sockets = 0

    init(lane: Lane, destination: HTTPDestination) {
        self.lane = lane
        self.destination = destination
        addresses = HTTPAddresses(
            lane: lane, endpoint: destination.endpoint, lifetime: destination.dnsRefresh?.nanoseconds)
        opening = DeadlineWatch(lane: lane)
    }

    /// Opens a connection that `make` makes from a transport, and calls `then` with it, or with the failure. It uses no
    /// async function, because its frame would stay with the waiting slot for the whole run.
    func connect(
        until deadline: MonotonicInstant, make: @escaping (HTTPTransport) -> Connection,
        then: @escaping (Result<Connection, ConnectFailure>) -> Void
    ) {
        addresses.resolve { [self] found in
            switch found {
            case .success(let found):
                HTTPDial(self, to: found.filter(isReachable), until: deadline, make: make, then: then).start()
            case .failure(let error):
                then(.failure(ConnectFailure(kind: LimitFailure.kind(error.code) ?? .dns, message: "\(error)")))
            }
        }
    }

    private func isReachable(_ target: SocketAddress) -> Bool {
        destination.sources.isEmpty || target.isUnixSocket
            || destination.sources.contains { $0.family == target.family }
    }

    /// A socket for the target, bound to the next source address.
    func socket(to target: SocketAddress) throws(SystemError) -> Socket {
        let socket = try Socket(family: target.family)
        let sources = destination.sources.filter { $0.family == target.family }
        guard !sources.isEmpty else { return socket }
        sockets += 1
        do throws(SystemError) {
            try socket.bind(to: sources[sockets % sources.count])
        } catch {
            socket.close()
            throw error
        }
        return socket
    }
}
