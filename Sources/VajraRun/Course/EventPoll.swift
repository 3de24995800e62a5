// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraModel
import VajraSystem

/// What the coordinator's thread waits for: a signal, a message from a lane, the end of the stream, a request on
/// the control socket, a deadline.
struct EventPoll {
    struct Events {
        var hasSignal = false
        var hasMessage = false
        var hasStreamEnd = false
        var hasControl = false
    }

    private let signals: Int32
    private let mailbox: Int32
    private let streamFailure: Int32
    private let output: Int32

    init(signals: ProcessSignals, mailbox: Int32, streamFailure: Int32, output: FileDescriptor) {
        self.signals = signals.descriptor
        self.mailbox = mailbox
        self.streamFailure = streamFailure
        self.output = output.number
    }

    /// Waits until something has happened, also on the control sockets, or until the deadline.
    func wait(until deadline: MonotonicInstant, control: [pollfd]) -> Events {
        let own = [
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: mailbox, events: Int16(POLLIN), revents: 0),
            pollfd(fd: streamFailure, events: Int16(POLLIN), revents: 0),
            // Asks for no event: the kernel still reports that the reader has gone, before the next write does. It
            // reports an error for a pipe, and a hang-up for a socket or a terminal.
            pollfd(fd: output, events: 0, revents: 0),
        ]
        var watched = own + control
        _ = poll(&watched, nfds_t(watched.count), PollTimeout.milliseconds(until: deadline))
        return Events(
            hasSignal: watched[0].revents != 0, hasMessage: watched[1].revents != 0,
            hasStreamEnd: watched[2].revents != 0 || watched[3].revents & Int16(POLLERR | POLLHUP) != 0,
            hasControl: watched[own.count...].contains { $0.revents != 0 })
    }
}
