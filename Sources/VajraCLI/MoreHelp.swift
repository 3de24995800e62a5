// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraSystem

/// Where the help says that there is more of it.
package enum MoreHelp {
    /// The last line above the flags of a verb that has rare ones.
    package static let text = text(page: "vajra-gen")

    /// The same for the verbs of another tool.
    package static func text(page: String) -> String {
        "--help-hidden shows the rarer flags too; man \(page) explains all of them."
    }
}

extension ArgumentVisibility {
    /// For flags that few runs need: `--help` leaves them out, so that it fits a screen; `--help-hidden` shows them.
    ///
    /// Only there: the parser would also leave them out of completions, and out of the messages about their values.
    package static let rare: ArgumentVisibility =
        ProcessArguments.given.contains { ["-h", "--help", "help"].contains($0) } ? .hidden : .default
}
