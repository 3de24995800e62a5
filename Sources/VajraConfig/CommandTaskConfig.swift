// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// What the `command` task runs.
package struct CommandTaskConfig: Sendable, Equatable {
    /// How iterations reach the command.
    package enum Style: String, Sendable, CaseIterable {
        /// A new process for each iteration; its exit status is the outcome.
        case spawn
        /// Long-lived processes that speak NDJSON on stdin and stdout.
        case ndjson
    }

    /// The program and its arguments; at least the program.
    package var arguments: [String]
    package var style = Style.spawn
    /// How many co-processes share the load (`ndjson` only).
    package var processes = 1
    /// From the iteration's start to its answer.
    package var timeout = TimeSpan.seconds(30)

    /// A new process for each iteration.
    package init(arguments: [String]) {
        self.arguments = arguments
    }
}
