// SPDX-License-Identifier: Apache-2.0

import VajraLane
import VajraModel
import VajraSystem

/// Where a pool connects to.
enum HTTPEndpoint: Sendable {
    case host(String, port: UInt16)
    case unixSocket(path: String)
}

/// The addresses of an endpoint, looked up once or from time to time. `Sendable` because only the lane's thread uses
/// it.
final class HTTPAddresses: @unchecked Sendable {
    /// How long a failed name look-up stays the answer, in nanoseconds.
    private static let failedLookUpLifetime: Int64 = 1_000_000_000

    /// The results of earlier attempts.
    var memory = AddressMemory()

    private let lane: Lane
    private let endpoint: HTTPEndpoint
    private var addresses: [SocketAddress] = []
    private let lifetime: Int64?
    private var knownUntil = MonotonicInstant.distantFuture
    private var failedLookUp: (error: ResolveError, until: MonotonicInstant)?
    /// Those who wait for the look-up that is going on.
    private var waiters: [(Result<[SocketAddress], ResolveError>) -> Void] = []

    /// - Parameter lifetime: How long the addresses stay valid, in nanoseconds; nil: for the whole run.
    init(lane: Lane, endpoint: HTTPEndpoint, lifetime: Int64?) {
        self.lifetime = lifetime
        self.lane = lane
        self.endpoint = endpoint
    }

    /// Calls `then` with at least one address, at once if they are known. The old addresses stay if a new look-up
    /// fails.
    func resolve(_ then: @escaping (Result<[SocketAddress], ResolveError>) -> Void) {
        if !addresses.isEmpty, Clock.now() < knownUntil { return then(.success(addresses)) }
        if let failedLookUp, Clock.now() < failedLookUp.until { return then(.failure(failedLookUp.error)) }
        waiters.append(then)
        guard waiters.count == 1 else { return }
        Task(executorPreference: lane) { self.found(await HTTPAddresses.resolve(self.endpoint)) }
    }

    private func found(_ result: Result<[SocketAddress], ResolveError>) {
        var result = result
        switch result {
        case .success(let found):
            addresses = found
            if let lifetime { knownUntil = Clock.now().advanced(byNanoseconds: lifetime) }
        case .failure where !addresses.isEmpty:
            knownUntil = Clock.now().advanced(byNanoseconds: HTTPAddresses.failedLookUpLifetime)
            result = .success(addresses)
        case .failure(let error):
            failedLookUp = (error, Clock.now().advanced(byNanoseconds: HTTPAddresses.failedLookUpLifetime))
        }
        let waiters = waiters
        self.waiters.removeAll()
        for waiter in waiters { waiter(result) }
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
