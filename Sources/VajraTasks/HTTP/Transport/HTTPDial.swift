// SPDX-License-Identifier: Apache-2.0

import VajraLifecycle
import VajraModel
import VajraSystem

/// One connection on its way: the addresses in turn, until one takes it or the time is over. Used on the lane's thread.
final class HTTPDial<Connection: HTTPDialed> {
    private let dialer: HTTPDialer<Connection>
    private let targets: [SocketAddress]
    private let deadline: MonotonicInstant
    private let make: (HTTPTransport) -> Connection
    private let then: (Result<Connection, ConnectFailure>) -> Void

    private let first: Int
    private var attempts = 0
    private var connection: Connection?
    private var last = ConnectFailure(
        kind: .unreachable, message: "no address of the target is of the family of a source address")

    init(
        _ dialer: HTTPDialer<Connection>, to targets: [SocketAddress], until deadline: MonotonicInstant,
        make: @escaping (HTTPTransport) -> Connection, then: @escaping (Result<Connection, ConnectFailure>) -> Void
    ) {
        self.dialer = dialer
        self.targets = targets
        self.deadline = deadline
        self.make = make
        self.then = then
        first = dialer.addresses.preferred
    }

    /// Tries the next address.
    func next() {
        let now = Clock.now()
        guard attempts < targets.count, attempts == 0 || now < deadline else { return then(.failure(last)) }
        let target = targets[place]
        attempts += 1
        let connection: Connection
        do throws(SystemError) {
            let socket = try dialer.socket(to: target)
            connection = make(HTTPTransport(socket: socket, address: target, tls: dialer.destination.security))
        } catch {
            return then(.failure(ConnectFailure(connecting: error)))
        }
        self.connection = connection
        let limit = now.advanced(byNanoseconds: dialer.destination.connectTimeout.nanoseconds)
        dialer.opening.begin(connection, deadline: min(deadline, limit))
        connection.open(self)
    }

    private var place: Int { (first + attempts) % targets.count }

    /// The connection is open, or has failed to become so.
    func ended(_ failure: ConnectFailure?) {
        guard let connection else { preconditionFailure("a dial ended twice") }
        self.connection = nil
        dialer.opening.end(connection)
        if let failure {
            last = failure
            next()
        } else {
            dialer.addresses.preferred = (first + attempts - 1) % targets.count
            then(.success(connection))
        }
    }
}
