// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// An `eventfd`: any thread signals it, one thread waits for it in `poll` or `epoll`.
package final class WakeEvent: Sendable {
    /// The descriptor to poll for reading.
    package let descriptor: Int32

    /// A new event, not signalled.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    package init() throws(SystemError) {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        if descriptor < 0 { throw SystemError("create an eventfd") }
    }

    deinit {
        close(descriptor)
    }

    /// Wakes the waiting thread, now or when it next waits.
    package func signal() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    /// Takes back all signals so far.
    package func clear() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }
}
