// SPDX-License-Identifier: Apache-2.0

/// Another host and port to connect to than the URL's, like curl's `--connect-to`. The request, and the name that the
/// certificate must be for, stay those of the URL.
///
///     HOST:PORT:TO:TO_PORT      api.example:443:127.0.0.1:8443      ::[::1]:8080
///
/// Empty `HOST` and `PORT` are any, empty `TO` and `TO_PORT` the URL's own. IPv6 addresses stand in brackets.
package struct ConnectTo: Sendable, Equatable {
    private let host: String
    private let port: UInt16?
    private let toHost: String
    private let toPort: UInt16?
    /// The rule as it was written.
    package let text: String

    /// Reads a rule; nil when it is none.
    package init?(_ text: String) {
        var parts: [String] = []
        var part: [UInt8] = []
        var isBracketed = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "[") where part.isEmpty && !isBracketed: isBracketed = true
            case UInt8(ascii: "]") where isBracketed: isBracketed = false
            case UInt8(ascii: ":") where !isBracketed:
                parts.append(String(decoding: part, as: UTF8.self))
                part = []
            default: part.append(byte)
            }
        }
        parts.append(String(decoding: part, as: UTF8.self))
        guard parts.count == 4, !isBracketed, let port = ConnectTo.port(parts[1]),
            let toPort = ConnectTo.port(parts[3]),
            parts.allSatisfy({ $0.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") } })
        else { return nil }
        (host, toHost) = (parts[0].lowercased(), parts[2])
        (self.port, self.toPort) = (port.number, toPort.number)
        self.text = text
    }

    private static func port(_ text: String) -> (number: UInt16?, Void)? {
        if text.isEmpty { return (nil, ()) }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(text), number > 0 else {
            return nil
        }
        return (number, ())
    }

    /// Where to connect to for this host and port; nil when the rule is not for them.
    package func place(for host: String, _ port: UInt16) -> (host: String, port: UInt16)? {
        guard self.host.isEmpty || self.host == host, self.port == nil || self.port == port else { return nil }
        return (toHost.isEmpty ? host : toHost, toPort ?? port)
    }
}
