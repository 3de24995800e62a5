// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Waits for input from any of several descriptors, or for a signal.
package enum InputPoll {
    /// The places of the inputs that can be read or have ended; empty when only a signal has come.
    package static func wait(signals: Int32, inputs: [FileDescriptor]) -> [Int] {
        var watched = [pollfd(fd: signals, events: Int16(POLLIN), revents: 0)]
        watched += inputs.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        _ = poll(&watched, nfds_t(watched.count), -1)
        return inputs.indices.filter { watched[$0 + 1].revents != 0 }
    }
}
