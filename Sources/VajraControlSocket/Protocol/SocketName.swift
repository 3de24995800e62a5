// SPDX-License-Identifier: Apache-2.0

/// The name of a run's control socket, `RUN_ID.PID.sock`. The list of names shows the runs without asking them.
package struct SocketName: Sendable, Equatable, CustomStringConvertible {
    /// The run's id, or its beginning where a path could not hold all of it.
    package let runID: String
    /// The process that generates the load.
    package let pid: Int32

    /// The longest path that a Unix socket can have while it is being made, in bytes: 107 less a character.
    private static let longestPath = 106

    /// The name in a directory, whose path's length bounds it.
    package init(runID: String, pid: Int32, in directory: String) {
        let rest = ".\(pid).sock"
        let room = max(0, SocketName.longestPath - directory.utf8.count - 1 - rest.utf8.count)
        self.runID = String(runID.prefix(room))
        self.pid = pid
    }

    /// Reads a file's name; nil for one of another form.
    package init?(_ name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[parts.count - 1] == "sock", let pid = Int32(parts[parts.count - 2]), pid > 0
        else { return nil }
        runID = parts.dropLast(2).joined(separator: ".")
        self.pid = pid
    }

    /// Whether the run's id may begin like this. An id that was cut to fit the path may go on in any way.
    package func mayBe(_ prefix: String) -> Bool {
        runID.hasPrefix(prefix) || prefix.hasPrefix(runID)
    }

    /// The file's name.
    package var description: String { "\(runID).\(pid).sock" }
}
