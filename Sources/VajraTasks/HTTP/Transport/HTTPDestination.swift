// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraModel
import VajraSystem

/// Where a task's connections go, and how.
struct HTTPDestination {
    let endpoint: HTTPEndpoint
    /// What TLS needs; nil for a plain connection.
    let security: HTTPTransportSecurity?
    /// For establishing a connection, handshake included.
    let connectTimeout: TimeSpan
    /// How long the addresses of a name stay valid; nil: for the whole run.
    let dnsRefresh: TimeSpan?
    /// Local addresses to connect from, in turn; empty for the system's choice.
    let sources: [SocketAddress]

    /// The way to an endpoint as the config has it, rules about other places applied.
    init(_ config: HTTPTaskConfig, to endpoint: HTTPEndpoint, security: HTTPTransportSecurity?) {
        self.endpoint = endpoint.redirected(by: config.connectTo)
        self.security = security
        connectTimeout = config.connectTimeout
        dnsRefresh = config.dnsRefresh
        sources = config.sourceAddresses.compactMap { Resolver.numeric($0, port: 0) }
    }

    /// Whether connections can be made from the addresses.
    ///
    /// - Throws: ``HTTPTaskError`` for the first that is none of this machine.
    static func check(_ sources: [String]) throws(HTTPTaskError) {
        for source in sources {
            guard let address = Resolver.numeric(source, port: 0) else {
                throw HTTPTaskError(
                    description: "the source address '\(source)' is no IPv4 or IPv6 address", keys: ["source_address"])
            }
            do throws(SystemError) {
                let socket = try Socket(family: address.family)
                defer { socket.close() }
                try socket.bind(to: address)
            } catch {
                throw HTTPTaskError(
                    description: "\(error)", keys: ["source_address"],
                    hint: "give an address of this machine; 'ip address' lists them")
            }
        }
    }
}

extension HTTPEndpoint {
    /// The endpoint of the first `--connect-to` rule that fits this one.
    fileprivate func redirected(by rules: [ConnectTo]) -> HTTPEndpoint {
        guard case .host(let host, let port) = self else { return self }
        for rule in rules {
            if let place = rule.place(for: host, port) { return .host(place.host, port: place.port) }
        }
        return self
    }
}
