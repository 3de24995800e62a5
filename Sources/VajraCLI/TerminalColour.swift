// SPDX-License-Identifier: Apache-2.0

import Glibc
package import VajraSystem

/// Whether output may be coloured.
package enum TerminalColour {
    /// Only on a terminal that is not dumb, and unless `NO_COLOR` (no-color.org) or the user says no.
    package static func isWanted(on descriptor: FileDescriptor, refused: Bool) -> Bool {
        guard !refused, descriptor.isTerminal else { return false }
        if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
        guard let terminal = getenv("TERM") else { return false }
        return String(cString: terminal) != "dumb"
    }
}
