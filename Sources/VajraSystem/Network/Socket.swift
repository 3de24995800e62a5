// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// The result of a non-blocking read or write.
package enum Transfer: Sendable, Equatable {
    /// So many bytes; for a read, 0 is the end of input.
    case bytes(Int)
    /// Nothing can be moved now.
    case wouldBlock
    /// The call failed with this `errno`.
    case failed(Int32)
}

/// A stream socket by its descriptor: the system calls that a lane makes. Never blocks.
package struct Socket: Sendable {
    package let descriptor: Int32

    /// The socket of that descriptor.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// A new non-blocking stream socket of the address's family, without Nagle's delay.
    ///
    /// - Throws: ``SystemError``, for instance when the process has no descriptor left.
    package init(family: Int32) throws(SystemError) {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(family, type, 0)
        if descriptor < 0 { throw SystemError("create a socket") }
        if family != AF_UNIX { disableNagle() }
    }

    private func disableNagle() {
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Makes the socket connect from this address. The kernel chooses the port at connect, so one port can serve
    /// several destinations.
    ///
    /// - Throws: ``SystemError`` naming the address, when it is none of this machine.
    package func bind(to address: SocketAddress) throws(SystemError) {
        var one: Int32 = 1
        // IP_BIND_ADDRESS_NO_PORT (ip(7)), for both families. An old kernel without it chooses the port now.
        setsockopt(descriptor, Int32(IPPROTO_IP), 24, &one, socklen_t(MemoryLayout<Int32>.size))
        guard address.withSockaddr({ Glibc.bind(descriptor, $0, address.length) }) == 0 else {
            throw SystemError("connect from \(address.host)")
        }
    }

    /// Begins to connect. Returns 0 when connected at once, `EINPROGRESS` when ``pendingError()`` will tell the result,
    /// or the `errno`.
    package func connect(to address: SocketAddress) -> Int32 {
        address.withSockaddr { Glibc.connect(descriptor, $0, address.length) } == 0 ? 0 : errno
    }

    /// The `errno` of a connection attempt or connection that has failed; 0 when it has not.
    package func pendingError() -> Int32 {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 ? code : errno
    }

    /// Listens at the address. A TCP address can be used again as soon as its last owner has gone.
    ///
    /// - Throws: ``SystemError`` naming the address.
    package func listen(at address: SocketAddress) throws(SystemError) {
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        guard address.withSockaddr({ Glibc.bind(descriptor, $0, address.length) }) == 0,
            Glibc.listen(descriptor, 4096) == 0
        else { throw SystemError("listen at \(address)") }
    }

    /// The next connection that waits on a listening socket; nil when there is none.
    package func accept() -> Socket? {
        let number = vajra_accept(descriptor)
        guard number >= 0 else { return nil }
        let accepted = Socket(descriptor: number)
        accepted.disableNagle()
        return accepted
    }

    /// The address that the socket is bound to.
    package func localAddress() -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length) == 0 ? SocketAddress($0, length: length) : nil
            }
        }
    }

    /// Reads what has arrived, up to the buffer's size.
    @inline(__always)
    package func receive(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        Socket.transfer(recv(descriptor, buffer.baseAddress, buffer.count, 0))
    }

    /// Writes as much as fits.
    @inline(__always)
    package func send(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        Socket.transfer(Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)))
    }

    @inline(__always)
    private static func transfer(_ count: Int) -> Transfer {
        if count >= 0 { return .bytes(count) }
        let code = errno
        return code == EAGAIN || code == EINTR ? .wouldBlock : .failed(code)
    }

    package func close() {
        _ = Glibc.close(descriptor)
    }
}
