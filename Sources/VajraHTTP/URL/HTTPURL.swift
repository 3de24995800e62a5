// SPDX-License-Identifier: Apache-2.0

// The parts of a URL (RFC 3986 3, RFC 9110 4.2).
//
//     http://user:pass@[::1]:8080/a path?q#frag
//     └┬─┘   └───┬───┘ └┬──┘ └┬─┘└───┬────┘└─┬─┘
//   scheme credentials host  port  target  dropped

/// Where a request goes: scheme, host and port or socket path, request target, and credentials if any.
package struct HTTPURL: Sendable, Equatable {
    /// How the bytes travel.
    package enum Scheme: String, Sendable {
        /// Plain HTTP over TCP; port 80 unless given.
        case http
        /// HTTP over TLS; port 443 unless given.
        case https
        /// Plain HTTP over a Unix socket; the socket's percent-encoded path stands instead of the host.
        case unix = "http+unix"
    }

    /// How the bytes travel.
    package let scheme: Scheme
    /// The host in lower case, an IPv6 address without brackets; empty for a Unix socket.
    package let host: String
    /// 1...65535; 0 for a Unix socket.
    package let port: Int
    /// The path of the Unix socket, decoded; nil for TCP.
    package let socketPath: [UInt8]?
    /// The request target in origin-form: begins with "/", percent-encoded if needed, without the fragment.
    package let target: String
    /// The user information of a user's URL, decoded.
    package let credentials: HTTPCredentials?

    /// Reads a URL; throws the first fault with its offset, cause and remedy.
    package init(_ text: String) throws(HTTPURLError) {
        try self.init(URLParser(Array(text.utf8)))
    }

    init(_ parser: URLParser) throws(HTTPURLError) {
        let scheme = try parser.scheme()
        let parts = try parser.parts(after: scheme.end)
        self.scheme = scheme.value
        target = try parser.target(parts.target)
        if scheme.value == .unix {
            guard parts.userInfo == nil else { throw HTTPURLError(.badUserInfo, at: scheme.end) }
            socketPath = try parser.socketPath(parts.host)
            host = ""
            port = 0
            credentials = nil
        } else {
            socketPath = nil
            credentials = try parser.credentials(parts.userInfo)
            let authority = try parser.authority(parts.host)
            host = authority.host
            port = authority.port ?? scheme.value.defaultPort
        }
    }

    /// The same URL with another target.
    init(_ url: HTTPURL, target: String) {
        scheme = url.scheme
        host = url.host
        port = url.port
        socketPath = url.socketPath
        credentials = url.credentials
        self.target = target
    }

    /// A piece of a target as it is sent. It is the last piece if a fragment followed.
    ///
    /// Throws for a space, a control character, or a percent sign without two digits within the piece.
    package static func targetPiece(_ text: String) throws(HTTPURLError) -> (text: String, isLast: Bool) {
        try URLParser(Array(text.utf8)).piece()
    }

    /// The value of Host: brackets around IPv6, without its zone; the port when it is not the scheme's own.
    package var hostHeader: String {
        guard scheme != .unix else { return "localhost" }
        let name = host.utf8.contains(ASCII.colon) ? "[\(host.prefix { $0 != "%" })]" : host
        return port == scheme.defaultPort ? name : "\(name):\(port)"
    }
}

extension HTTPURL.Scheme {
    /// 80, 443, or 0 for a Unix socket.
    package var defaultPort: Int {
        switch self {
        case .http: 80
        case .https: 443
        case .unix: 0
        }
    }
}
