// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraHTTP
import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// Where a pool connects to.
enum HTTPEndpoint: Sendable {
    case host(String, port: UInt16)
    case unixSocket(path: String)
}

/// The connections of one task instance on one lane: the last one used is the first to be used again.
///
/// Lane-confined, which is what makes it `Sendable`.
final class HTTPConnectionPool: LaneTimerHandler, @unchecked Sendable {
    /// How long a failed name look-up is taken as the answer, in nanoseconds.
    private static let failedLookUpLifetime: Int64 = 1_000_000_000

    let lane: Lane
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)

    private let endpoint: HTTPEndpoint
    private let watchedHeaders: [String]
    private let search: BodySearch?
    private let security: HTTPTransportSecurity?
    private let connectTimeout: Int64
    @exclusivity(unchecked) private var idle: [HTTPConnection] = []
    @exclusivity(unchecked) private var exchanging = DeadlineQueue<HTTPConnection>()
    @exclusivity(unchecked) private var connecting = DeadlineQueue<HTTPConnection>()
    private var addresses: [SocketAddress] = []
    private var preferred = 0
    private var failedLookUp: (error: ResolveError, until: MonotonicInstant)?
    private var lookUp: Task<Result<[SocketAddress], ResolveError>, Never>?
    @exclusivity(unchecked) private var armedAt = MonotonicInstant.distantFuture

    init(
        lane: Lane, endpoint: HTTPEndpoint, security: HTTPTransportSecurity?, connectTimeout: TimeSpan,
        watchedHeaders: [String], search: BodySearch?
    ) {
        self.lane = lane
        self.endpoint = endpoint
        self.security = security
        self.connectTimeout = connectTimeout.nanoseconds
        self.watchedHeaders = watchedHeaders
        self.search = search
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

    /// Opens a connection: to each address in turn, from the one that last worked.
    ///
    /// - Throws: Never; a failure comes as the second case.
    func connect(until deadline: MonotonicInstant) async -> Result<HTTPConnection, ConnectFailure> {
        let targets: [SocketAddress]
        switch await resolve() {
        case .success(let found): targets = found
        case .failure(let error): return .failure(ConnectFailure(kind: .dns, message: "\(error)"))
        }
        var last = ConnectFailure(kind: .dns, message: "the name has no address")
        for attempt in 0..<targets.count {
            let index = (preferred + attempt) % targets.count
            let connection: HTTPConnection
            do {
                let socket = try Socket(family: targets[index].family)
                connection = HTTPConnection(
                    transport: HTTPTransport(socket: socket, address: targets[index], tls: security), pool: self,
                    watchedHeaders: watchedHeaders, search: search)
            } catch {
                let message = SocketFailure.message(error.action, error.code)
                return .failure(ConnectFailure(kind: SocketFailure.kind(connecting: error.code), message: message))
            }
            connecting.append(
                connection, deadline: min(deadline, Clock.now().advanced(byNanoseconds: connectTimeout)))
            arm()
            let failure = await connection.connect()
            connecting.remove(connection)
            guard let failure else {
                preferred = index
                if connection.isUsable { return .success(connection) }
                // Its time ran out in the very turn of the lane in which it was established.
                return .failure(ConnectFailure(kind: .connectTimeout, message: "no connection in time"))
            }
            last = failure
        }
        return .failure(last)
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
        while let connection = connecting.popExpired(now: now) { connection.expire() }
        arm()
    }

    private func arm() {
        let next = min(
            exchanging.first?.deadline ?? .distantFuture, connecting.first?.deadline ?? .distantFuture)
        guard next < armedAt else { return }
        armedAt = next
        lane.schedule(self, at: next)
    }

    // MARK: Names

    private func resolve() async -> Result<[SocketAddress], ResolveError> {
        if !addresses.isEmpty { return .success(addresses) }
        if let failedLookUp, Clock.now() < failedLookUp.until { return .failure(failedLookUp.error) }
        if let lookUp { return await lookUp.value }
        let task = Task(executorPreference: lane) { [endpoint] in await HTTPConnectionPool.resolve(endpoint) }
        lookUp = task
        let result = await task.value
        lookUp = nil
        switch result {
        case .success(let found): addresses = found
        case .failure(let error):
            failedLookUp = (
                error, Clock.now().advanced(byNanoseconds: HTTPConnectionPool.failedLookUpLifetime)
            )
        }
        return result
    }

    private static func resolve(_ endpoint: HTTPEndpoint) async -> Result<[SocketAddress], ResolveError> {
        switch endpoint {
        case .host(let host, let port):
            do {
                return .success(try await Resolver.resolve(host: host, port: port))
            } catch {
                return .failure(error)
            }
        case .unixSocket(let path):
            guard let address = SocketAddress(unixPath: path) else {
                return .failure(ResolveError(description: "'\(path)' cannot be a Unix socket's path (1 to 107 bytes)"))
            }
            return .success([address])
        }
    }
}
