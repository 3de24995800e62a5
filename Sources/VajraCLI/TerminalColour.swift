// SPDX-License-Identifier: Apache-2.0

import Glibc
package import VajraSystem

/// Whether output may be coloured.
package enum TerminalColour {
    /// True on a terminal that is not dumb, unless `NO_COLOR` (no-color.org) or the user says no.
    package static func isWanted(on descriptor: FileDescriptor, refused: Bool) -> Bool {
        guard !refused, descriptor.isTerminal else { return false }
        if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
        return canRedraw
    }

    /// Whether the terminal takes control sequences: `TERM` is set and not `dumb`.
    package static var canRedraw: Bool {
        guard let terminal = getenv("TERM"), terminal.pointee != 0 else { return false }
        return String(cString: terminal) != "dumb"
    }
}
