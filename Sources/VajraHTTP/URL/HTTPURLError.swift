// SPDX-License-Identifier: Apache-2.0

/// Why a text is not a usable URL, and where.
package struct HTTPURLError: Error, Equatable, Sendable {
    package enum Cause: Equatable, Sendable {
        /// No "scheme://" at the start.
        case missingScheme
        /// A scheme other than http, https and http+unix.
        case unsupportedScheme(String)
        /// The host or the socket path is empty.
        case emptyHost
        /// A byte that no host name contains.
        case badHost
        /// A bracketed host that is no IPv6 address.
        case badIPv6
        /// A port that is not 1...65535.
        case badPort
        /// A space, control character or line break.
        case forbiddenByte(UInt8)
        /// A percent sign without two hexadecimal digits.
        case badPercentEncoding
        /// A user name with a colon, or user information where it cannot be sent.
        case badUserInfo
        /// A value of the iteration before the path.
        case valueBeforePath
        /// A socket path longer than the 107 bytes the kernel takes, or with a NUL.
        case badSocketPath
    }

    package let cause: Cause
    /// Where, in bytes from the start of the text.
    package let offset: Int

    package init(_ cause: Cause, at offset: Int) {
        self.cause = cause
        self.offset = offset
    }
}

extension HTTPURLError: CustomStringConvertible {
    /// One line: the place, the cause and the remedy.
    package var description: String { "URL, byte \(offset): \(explanation)" }

    private var explanation: String {
        switch cause {
        case .missingScheme: "no scheme; write http://…"
        case .unsupportedScheme(let scheme): "scheme \"\(scheme)\" is not known; write http://…"
        case .emptyHost: "no host; write http://HOST/… or http+unix://%2Fpath%2Fto.sock/…"
        case .badHost: "not a host name; write names in ASCII (xn--… for others) and IPv6 addresses in [brackets]"
        case .badIPv6: "not an IPv6 address; write it as in http://[::1]:8080/"
        case .badPort: "the port is not within 1...65535; write a number, or leave out the colon"
        case .forbiddenByte(let byte):
            byte == ASCII.space
                ? "a space; write %20" : "a control character; remove it, or write %\(Self.hex(byte))"
        case .badPercentEncoding: "% without two hexadecimal digits; write %25 for a percent sign"
        case .badUserInfo: "user information cannot be used here; user names have no colon and sockets no user"
        case .valueBeforePath: "a value such as {{iteration}} cannot stand before the path; begin the path with / first"
        case .badSocketPath: "socket path has a NUL or more than 107 bytes; use a shorter path"
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
