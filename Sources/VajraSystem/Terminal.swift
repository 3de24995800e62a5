// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// What a terminal says about itself.
package enum Terminal {
    /// Its columns and rows; nil when the descriptor is no terminal, or a terminal that does not know its size.
    package static func size(of descriptor: FileDescriptor) -> (columns: Int, rows: Int)? {
        var columns: UInt16 = 0
        var rows: UInt16 = 0
        guard vajra_terminal_size(descriptor.number, &columns, &rows) == 0, columns > 0, rows > 0 else { return nil }
        return (Int(columns), Int(rows))
    }

    /// Whether this process is in the terminal's foreground. A process in the background must not draw over the one in
    /// the foreground. True when the terminal is not this process's controlling terminal.
    package static func isForeground(_ descriptor: FileDescriptor) -> Bool {
        let group = tcgetpgrp(descriptor.number)
        return group < 0 || group == getpgrp()
    }

    /// Whether it takes output at once. It does not while its user holds it up (Ctrl-S), or behind a stalled
    /// connection.
    package static func isReady(_ descriptor: FileDescriptor, withinMilliseconds time: Int32 = 0) -> Bool {
        var watched = pollfd(fd: descriptor.number, events: Int16(POLLOUT), revents: 0)
        return poll(&watched, 1, time) == 1 && watched.revents & Int16(POLLOUT) != 0
    }
}
