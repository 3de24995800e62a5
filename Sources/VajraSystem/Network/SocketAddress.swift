// SPDX-License-Identifier: Apache-2.0

package import Glibc

/// Where a socket connects to or listens: an IPv4 or IPv6 address with its port, or a Unix socket's path.
package struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
    /// The `sockaddr`, without padding. An array, so that a stored address takes one word.
    private let bytes: [UInt8]

    /// The length of the address in bytes.
    package var length: socklen_t { socklen_t(bytes.count) }

    /// Copies what the system returned.
    package init(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
        let count = min(Int(length), MemoryLayout<sockaddr_storage>.size)
        bytes = Array(UnsafeRawBufferPointer(start: address, count: count))
    }

    /// A Unix socket's path; nil when it is longer than the 107 bytes that the kernel takes, empty, or has a NUL.
    package init?(unixPath path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, !bytes.contains(0), bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            return nil
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        self = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { SocketAddress($0, length: length) }
        }
    }

    /// The loopback address 127.0.0.1 with the given port (0: any free one).
    package static func loopback(port: UInt16) -> SocketAddress {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                SocketAddress($0, length: socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// The address family: `AF_INET`, `AF_INET6` or `AF_UNIX`.
    package var family: Int32 {
        let size = MemoryLayout<sa_family_t>.size
        return bytes.count < size ? AF_UNSPEC : bytes.withUnsafeBytes { Int32($0.load(as: sa_family_t.self)) }
    }

    /// Whether it is the path of a Unix socket.
    package var isUnixSocket: Bool { family == AF_UNIX }

    /// Hands the address to a system call.
    package func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
        bytes.withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: sockaddr.self)) }
    }

    /// The address without its port.
    package var host: String {
        let text = description
        guard family != AF_UNIX, let colon = text.lastIndex(of: ":") else { return text }
        return String(text[..<colon])
    }

    /// The address as people write it: `127.0.0.1:80`, `[::1]:80`, or the path.
    package var description: String {
        if family == AF_UNIX {
            return String(decoding: bytes.dropFirst(2).prefix { $0 != 0 }, as: UTF8.self)
        }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            let host = buffer.baseAddress!
            let service = host + 128
            let code = withSockaddr {
                getnameinfo($0, length, host, 128, service, 64, NI_NUMERICHOST | NI_NUMERICSERV)
            }
            guard code == 0 else { return "an address" }
            let name = String(cString: host)
            return (family == AF_INET6 ? "[\(name)]" : name) + ":" + String(cString: service)
        }
    }
}
