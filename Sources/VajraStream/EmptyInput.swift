// SPDX-License-Identifier: Apache-2.0

import VajraSystem

/// The message of a filter that has read no line.
package enum EmptyInput {
    /// The cause and the remedy.
    ///
    /// - Parameters:
    ///   - sources: The sources by their names; `-` is standard input.
    ///   - wanted: What the input does not hold, such as `no line of a run`.
    package static func reason(of sources: [String], wanted: String, tool: String) -> String {
        sources == ["-"] && FileDescriptor.standardInput.isPipe
            ? "the generator sent nothing; see its message"
            : "the input holds \(wanted); pipe vajra-gen into \(tool), or name files that hold its output"
    }
}
