// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser

/// Where the help says that there is more of it.
package enum MoreHelp {
    /// The last line above the flags of a verb that has rare ones.
    package static let text = "--help-hidden shows the rarer flags too; man vajra-gen explains all of them."
}

extension ArgumentVisibility {
    /// For flags that few runs need: `--help` leaves them out, so that it fits a screen; `--help-hidden` shows them.
    ///
    /// The parser leaves hidden flags out of completion scripts too, where they are in nobody's way; so nothing is
    /// hidden while such a script is made.
    package static let rare: ArgumentVisibility =
        CommandLine.arguments.contains("--generate-completion-script") ? .default : .hidden
}
