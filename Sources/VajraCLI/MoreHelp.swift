// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraSystem

/// The line of the help that points to more help.
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
    /// Completions and error messages still have them; the parser's own `.hidden` would hide them there too.
    package static let rare: ArgumentVisibility =
        ProcessArguments.given.contains { ["-h", "--help", "help"].contains($0) } ? .hidden : .default
}
