// SPDX-License-Identifier: Apache-2.0

import Glibc
package import VajraModel

/// Waits for input from any of several descriptors, for a signal, or until a deadline.
package enum InputPoll {
    /// The indices of the inputs that can be read or have ended; empty when only a signal or the deadline has come.
    package static func wait(
        signals: Int32, inputs: [FileDescriptor], until deadline: MonotonicInstant = .distantFuture
    ) -> [Int] {
        var watched = [pollfd(fd: signals, events: Int16(POLLIN), revents: 0)]
        watched += inputs.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        _ = poll(&watched, nfds_t(watched.count), PollTimeout.milliseconds(until: deadline))
        return inputs.indices.filter { watched[$0 + 1].revents != 0 }
    }

    /// Whether something can be read, or the input has ended; false when the deadline has come first.
    package static func waitToRead(from input: FileDescriptor, until deadline: MonotonicInstant) -> Bool {
        var watched = pollfd(fd: input.number, events: Int16(POLLIN), revents: 0)
        _ = poll(&watched, 1, PollTimeout.milliseconds(until: deadline))
        return watched.revents != 0
    }

    /// Whether the output takes at least ``pieceSize`` bytes without waiting, or has failed; false when only a signal
    /// or the deadline has come.
    package static func waitToWrite(
        to output: FileDescriptor, signals: Int32, until deadline: MonotonicInstant = .distantFuture
    ) -> Bool {
        var watched = [
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: output.number, events: Int16(POLLOUT), revents: 0),
        ]
        _ = poll(&watched, nfds_t(watched.count), PollTimeout.milliseconds(until: deadline))
        return watched[1].revents != 0
    }

    /// How many bytes a writable pipe takes at once (`PIPE_BUF` in pipe(7)).
    package static let pieceSize = 4096
}

/// The timeout argument of `poll`.
package enum PollTimeout {
    /// The time until the deadline, rounded up; −1 (for ever) for `distantFuture`.
    package static func milliseconds(until deadline: MonotonicInstant) -> Int32 {
        guard deadline != .distantFuture else { return -1 }
        let left = max(0, deadline.nanoseconds(since: Clock.now()))
        return Int32(clamping: (left + 999_999) / 1_000_000)
    }
}
