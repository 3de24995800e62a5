// SPDX-License-Identifier: Apache-2.0

import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// Opens one connection: it tries the target's addresses, and the first attempt that is ready wins (``DialRace``).
/// `Sendable` because only the lane's thread uses it.
final class HTTPDial<Connection: HTTPDialed>: LaneTimerHandler, @unchecked Sendable {
    /// One address that is being tried. The connection tells it how that went.
    final class Attempt {
        fileprivate let target: SocketAddress
        fileprivate let connection: Connection
        private let dial: HTTPDial

        fileprivate init(_ dial: HTTPDial, _ target: SocketAddress, _ connection: Connection) {
            self.dial = dial
            self.target = target
            self.connection = connection
        }

        /// The connection is open, or has failed to become so.
        func ended(_ failure: ConnectFailure?) { dial.ended(self, failure) }
    }

    private let dialer: HTTPDialer<Connection>
    private let targets: [SocketAddress]
    private let deadline: MonotonicInstant
    private let make: (HTTPTransport) -> Connection
    private let then: (Result<Connection, ConnectFailure>) -> Void

    private var race: DialRace
    private var attempts: [Attempt] = []
    private var isOver = false
    private var last = ConnectFailure(
        kind: .unreachable, message: "no address of the target is of the family of a source address")

    init(
        _ dialer: HTTPDialer<Connection>, to targets: [SocketAddress], until deadline: MonotonicInstant,
        make: @escaping (HTTPTransport) -> Connection, then: @escaping (Result<Connection, ConnectFailure>) -> Void
    ) {
        let now = Clock.now()
        let limit = now.advanced(byNanoseconds: dialer.destination.connectTimeout.nanoseconds)
        self.dialer = dialer
        self.targets = targets
        self.deadline = min(deadline, limit)
        self.make = make
        self.then = then
        race = DialRace(dialer.addresses.memory.order(of: targets, at: now), until: self.deadline)
    }

    func start() { take(race.start(at: Clock.now())) }

    func timerFired(now: MonotonicInstant) {
        if !isOver { take(race.timerFired(at: now)) }
    }

    private func take(_ step: DialRace.Step) {
        switch step {
        case .wait: break
        case .lost:
            isOver = true
            then(.failure(last))
        case .begin(let index, let next):
            if let next { dialer.lane.schedule(self, at: next) }
            begin(targets[index])
        }
    }

    private func begin(_ target: SocketAddress) {
        let connection: Connection
        do throws(SystemError) {
            let socket = try dialer.socket(to: target)
            connection = make(HTTPTransport(socket: socket, address: target, tls: dialer.destination.security))
        } catch {
            // This process has no socket left; no address is the cause.
            note(ConnectFailure(connecting: error))
            return take(race.failed(at: Clock.now()))
        }
        let attempt = Attempt(self, target, connection)
        attempts.append(attempt)
        dialer.opening.begin(connection, deadline: deadline)
        connection.open(attempt)
    }

    /// Keeps the last failure as the dial's result, unless a limit of the generator kept an address from being tried.
    private func note(_ failure: ConnectFailure) {
        if !LimitFailure.isOne(last.kind) { last = failure }
    }

    private func ended(_ attempt: Attempt, _ failure: ConnectFailure?) {
        dialer.opening.end(attempt.connection)
        attempts.removeAll { $0 === attempt }
        guard !isOver else { return }
        let now = Clock.now()
        if let failure {
            note(failure)
            if !LimitFailure.isOne(failure.kind) { dialer.addresses.memory.failed(attempt.target, at: now) }
            return take(race.failed(at: now))
        }
        isOver = true
        dialer.addresses.memory.worked(attempt.target)
        for loser in attempts {
            dialer.opening.end(loser.connection)
            loser.connection.abandon()
            dialer.addresses.memory.failed(loser.target, at: now)
        }
        attempts = []
        then(.success(attempt.connection))
    }
}
