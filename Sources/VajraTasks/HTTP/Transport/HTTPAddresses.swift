// SPDX-License-Identifier: Apache-2.0

import VajraLane
import VajraModel
import VajraSystem

/// Where a pool connects to.
enum HTTPEndpoint: Sendable {
    case host(String, port: UInt16)
    case unixSocket(path: String)
}

/// The addresses of an endpoint, looked up once or now and then. Lane-confined, which is what makes it `Sendable`.
final class HTTPAddresses: @unchecked Sendable {
    /// How long a failed name look-up is taken as the answer, in nanoseconds.
    private static let failedLookUpLifetime: Int64 = 1_000_000_000

    /// Which of them last worked.
    var preferred = 0

    private let lane: Lane
    private let endpoint: HTTPEndpoint
    private var addresses: [SocketAddress] = []
    private let lifetime: Int64?
    private var knownUntil = MonotonicInstant.distantFuture
    private var failedLookUp: (error: ResolveError, until: MonotonicInstant)?
    private var lookUp: Task<Result<[SocketAddress], ResolveError>, Never>?

    /// - Parameter lifetime: How long the addresses are taken as known, in nanoseconds; nil: for good.
    init(lane: Lane, endpoint: HTTPEndpoint, lifetime: Int64?) {
        self.lifetime = lifetime
        self.lane = lane
        self.endpoint = endpoint
    }

    /// The addresses; at least one. Those that are known hold on while a new look-up fails.
    func resolve() async -> Result<[SocketAddress], ResolveError> {
        if !addresses.isEmpty, Clock.now() < knownUntil { return .success(addresses) }
        if let failedLookUp, Clock.now() < failedLookUp.until { return .failure(failedLookUp.error) }
        if let lookUp { return await lookUp.value }
        let task = Task(executorPreference: lane) { [endpoint] in await HTTPAddresses.resolve(endpoint) }
        lookUp = task
        let result = await task.value
        lookUp = nil
        switch result {
        case .success(let found):
            addresses = found
            preferred = 0
            if let lifetime { knownUntil = Clock.now().advanced(byNanoseconds: lifetime) }
        case .failure where !addresses.isEmpty:
            knownUntil = Clock.now().advanced(byNanoseconds: HTTPAddresses.failedLookUpLifetime)
            return .success(addresses)
        case .failure(let error):
            failedLookUp = (error, Clock.now().advanced(byNanoseconds: HTTPAddresses.failedLookUpLifetime))
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
