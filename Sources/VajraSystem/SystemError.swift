// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A failed system call: which one, on what, and why.
package struct SystemError: Error, Sendable, CustomStringConvertible {
    /// What was tried, in words, such as `open raw.ndjson`.
    package let action: String
    /// The call's `errno`.
    package let code: Int32

    /// The failure of `action` with the current `errno`.
    package init(_ action: String) {
        self.init(action, code: errno)
    }

    /// The failure of `action` with the given `errno`.
    package init(_ action: String, code: Int32) {
        self.action = action
        self.code = code
    }

    /// The path cannot be that of a Unix socket.
    package init(badSocketPath path: String) {
        self.init("connect to unix:\(path)", code: ENAMETOOLONG)
    }

    /// A wait that took too long.
    package init(timedOut action: String) {
        self.init(action, code: ETIMEDOUT)
    }

    /// Whether nobody listens at the address.
    package var isRefused: Bool { code == ECONNREFUSED }

    /// Whether there is no such file.
    package var isMissing: Bool { code == ENOENT }

    /// Whether the reader of a pipe or socket has gone.
    package var isBrokenPipe: Bool { code == EPIPE }

    /// Whether the other end has reset the connection, such as by closing it with unread bytes.
    package var isReset: Bool { code == ECONNRESET }

    /// The system's words for the cause.
    package var reason: String { SystemError.reason(code) }

    /// The action and the cause.
    package var description: String { "\(action): \(reason)" }

    /// The system's words for an `errno`.
    package static func reason(_ code: Int32) -> String {
        String(cString: strerror(code))
    }
}
