// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A name could not be turned into addresses.
package struct ResolveError: Error, Sendable, CustomStringConvertible {
    /// The name, and the system's words for the cause.
    package let description: String
    /// The `errno` that kept the resolver from looking, such as `EMFILE`; 0 when it has looked.
    package let code: Int32

    package init(description: String, code: Int32 = 0) {
        self.description = description
        self.code = code
    }
}

/// Turns names into addresses. The system's resolver blocks, so each look-up has a thread of its own.
package enum Resolver {
    /// The addresses of `host` in the order of preference of RFC 6724, with the port set.
    ///
    /// It answers a numeric address at once, and suspends the calling task while it looks up a name.
    ///
    /// - Throws: ``ResolveError`` when there are none.
    package static func resolve(host: String, port: UInt16) async throws(ResolveError) -> [SocketAddress] {
        if case .success(let addresses) = look(up: host, port: port, flags: AI_NUMERICHOST) { return addresses }
        let result = await withUnsafeContinuation { continuation in
            do throws(SystemError) {
                try SystemThread(name: "resolver") {
                    continuation.resume(returning: look(up: host, port: port, flags: AI_ADDRCONFIG))
                }.detach()
            } catch {
                continuation.resume(returning: .failure(ResolveError(description: "\(error)", code: error.code)))
            }
        }
        return try result.get()
    }

    /// The address that the text is, with the port set; nil for a name.
    package static func numeric(_ text: String, port: UInt16) -> SocketAddress? {
        guard case .success(let addresses) = look(up: text, port: port, flags: AI_NUMERICHOST) else { return nil }
        return addresses.first
    }

    /// An address as it is usually written, without brackets; a name as it is.
    package static func canonicalHost(_ host: String) -> String {
        guard let address = numeric(host, port: 0), address.family == AF_INET else { return host }
        return address.host
    }

    private static func look(up host: String, port: UInt16, flags: Int32) -> Result<[SocketAddress], ResolveError> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        errno = 0
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else {
            // Without free descriptors, getaddrinfo may call the name unknown; errno has the true cause.
            let cause = code == EAI_MEMORY ? ENOMEM : errno
            let words =
                [EMFILE, ENFILE, ENOMEM].contains(cause)
                ? SystemError.reason(cause) : String(cString: gai_strerror(code))
            return .failure(ResolveError(description: "resolve '\(host)': \(words)", code: cause))
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let current = entry?.pointee {
            addresses.append(SocketAddress(current.ai_addr, length: current.ai_addrlen))
            entry = current.ai_next
        }
        return .success(addresses)
    }
}
