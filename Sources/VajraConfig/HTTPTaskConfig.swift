// SPDX-License-Identifier: Apache-2.0

package import VajraModel
package import VajraTemplate

/// What the `http` task sends, and what it expects back.
package struct HTTPTaskConfig: Sendable, Equatable {
    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A CSV file; each iteration has one of its rows.
    package struct FeedSource: Sendable, Equatable {
        /// What templates call it.
        package var name: String
        /// The file's path.
        package var file = ""
        package var order = Feed.Order.sequential

        package init(name: String, file: String = "", order: Feed.Order = .sequential) {
            self.name = name
            self.file = file
            self.order = order
        }
    }

    /// What makes a response a success.
    package struct Expectation: Sendable, Equatable {
        /// The accepted statuses; by default 200 to 399.
        package var statuses: [ClosedRange<Int>] = [200...399]
        /// Bytes that the body must contain; empty for none.
        package var bodyContains: String = ""
        /// Headers that must be present, with that value unless it is empty.
        package var headers: [Header] = []

        /// The default: any status from 200 to 399.
        package init() {}

        /// Whether the status is one of those accepted.
        package func accepts(status: Int) -> Bool {
            statuses.contains { $0.contains(status) }
        }
    }

    /// How an `https` target and the client prove their identities.
    package struct TLS: Sendable, Equatable {
        /// A file of PEM certificates to trust instead of the system's; empty for the system's.
        package var caFile = ""
        /// The client's certificate chain, a PEM file; empty for none.
        package var certFile = ""
        /// That certificate's key, a PEM file; empty when it stands in the same file.
        package var keyFile = ""
        /// The name that the certificate must be for, and that is sent (SNI); empty for the URL's host.
        package var serverName = ""
        /// Whether every certificate is accepted.
        package var isInsecure = false

        /// Verified by the system's certificates.
        package init() {}
    }

    /// Which HTTP is spoken.
    package enum Version: Sendable {
        /// HTTP/1.1: a connection carries one request at a time.
        case http1
        /// HTTP/2, by ALPN over TLS and with prior knowledge over TCP: a connection carries many at a time.
        case http2
    }

    /// The target, `http[s]://host[:port]/path`; a template from the path on.
    package var url: String
    package var method = "GET"
    /// The headers, their values templates.
    package var headers: [Header] = []
    /// The body, a template; empty for none.
    package var body = ""
    /// The path of a file that is the body, byte for byte, instead of `body`; empty for none.
    package var bodyFile = ""
    /// What templates may draw from.
    package var feeds: [FeedSource] = []
    /// The seed of random values in templates.
    package var seed: UInt64 = 1
    /// Whether each user keeps cookies and sends them.
    package var sendsCookies = false
    /// How many redirects of one iteration are followed; with 0 a redirect is an answer like any other.
    package var redirects = 0
    package var expect = Expectation()
    /// From the iteration's start to the response's last byte.
    package var timeout = TimeSpan.seconds(10)
    /// The part of `timeout` for establishing a connection.
    package var connectTimeout = TimeSpan.seconds(5)
    /// How many connections may be open at once; nil: one for each iteration in flight.
    package var connections: Int?
    /// The path of a Unix socket to connect to instead of the URL's host; empty for none.
    package var unixSocket = ""

    package var tls = TLS()
    package var version = Version.http1
    /// How many requests a connection carries at a time, with HTTP/2; fewer where the server allows fewer.
    package var streams = 10

    /// How many iterations all connections can carry at a time; nil where their number is not limited.
    package var places: Int? {
        connections.map { $0.multipliedReportingOverflow(by: version == .http2 ? streams : 1).partialValue }
    }

    /// Whether TLS may be needed, for the target or for a redirect.
    package var mayUseTLS: Bool { url.lowercased().rest(after: "https:") != nil || redirects > 0 }

    /// Whether a connection carries further requests.
    package var keepsAlive = true
    /// How many requests a connection carries at most; nil: as many as come.
    package var requestsPerConnection: Int?
    /// Other hosts and ports to connect to; the first rule that fits holds.
    package var connectTo: [ConnectTo] = []
    /// How long the addresses of a name stay valid; nil: for the whole run.
    package var dnsRefresh: TimeSpan?
    /// The local addresses to connect from, in turn; empty for the system's choice.
    package var sourceAddresses: [String] = []

    /// How many requests a connection carries at most.
    package var mostRequests: Int { keepsAlive ? requestsPerConnection ?? .max : 1 }

    /// A plain GET of `url`.
    package init(url: String) {
        self.url = url
    }
}
