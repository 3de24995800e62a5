// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraHTTP
import VajraLane
import VajraModel

/// The connections of one task instance on one lane: to its own server, and to others that redirects lead to.
///
/// `Sendable` because only the lane's thread uses it.
final class HTTPOriginPools: @unchecked Sendable {
    /// Other servers than the task's own; each costs a read buffer of 64 KiB.
    static let mostOthers = 16

    let own: HTTPClient
    private let config: HTTPTaskConfig
    private let files: TLSFiles
    private let make: (HTTPEndpoint, HTTPTransportSecurity?) -> HTTPClient
    private var others: [(url: HTTPURL, pool: HTTPClient)] = []

    /// - Parameter make: Makes a pool of connections to an endpoint.
    init(
        _ config: HTTPTaskConfig, _ files: TLSFiles, _ endpoint: HTTPEndpoint, _ security: HTTPTransportSecurity?,
        make: @escaping (HTTPEndpoint, HTTPTransportSecurity?) -> HTTPClient
    ) {
        self.config = config
        self.files = files
        self.make = make
        own = make(endpoint, security)
    }

    /// The pool of connections for the request's server.
    ///
    /// - Throws: ``HTTPTaskError`` when it would be one too many, or a file that TLS needs cannot be used.
    func pool(for redirection: HTTPRedirection) throws(HTTPTaskError) -> HTTPClient {
        guard redirection.isElsewhere else { return own }
        if let known = others.first(where: { $0.url.isSameOrigin(as: redirection.url) }) { return known.pool }
        guard others.count < HTTPOriginPools.mostOthers else {
            throw HTTPTaskError(
                description: "redirects lead to more than \(HTTPOriginPools.mostOthers) other servers")
        }
        let security = try HTTPTransportSecurity(config, files, elsewhere: redirection.url)
        let pool = make(HTTPEndpoint(redirection.url), security)
        others.append((redirection.url, pool))
        return pool
    }

    /// Closes the idle connections.
    func closeAll() {
        own.closeAll()
        for other in others { other.pool.closeAll() }
    }
}
