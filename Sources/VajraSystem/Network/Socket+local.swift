// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

extension Socket {
    /// A listening Unix socket that only this user may connect to (mode 0600).
    ///
    /// It listens before it gets its name. So a client that finds the name and is refused knows that the owner is gone.
    ///
    /// - Throws: ``SystemError`` naming the path.
    package static func listening(atUnixPath path: String) throws(SystemError) -> Socket {
        let beginning = "\(path)~"
        guard let address = SocketAddress(unixPath: beginning) else { throw SystemError(badSocketPath: path) }
        let socket = try Socket(family: AF_UNIX)
        do throws(SystemError) {
            // Before the socket has a name, this sets the mode of its future file.
            if fchmod(socket.descriptor, 0o600) != 0 { throw SystemError("restrict \(path)") }
            unlink(beginning)
            try socket.listen(at: address)
            if rename(beginning, path) != 0 { throw SystemError("name the socket \(path)") }
        } catch {
            socket.close()
            unlink(beginning)
            throw error
        }
        return socket
    }

    /// Whether the other end of a Unix socket has closed it for reading and writing. A peer that only stopped sending
    /// has not.
    package var hasHungUp: Bool {
        var watched = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&watched, 1, 0) > 0
    }

    /// Whether the process at the other end of a Unix socket is this user's, or root's.
    package var isPeerTrusted: Bool {
        var user: uid_t = 0
        return vajra_peer_user(descriptor, &user) == 0 && (user == geteuid() || user == 0)
    }
}
