// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
package import VajraModel
import VajraSystem

/// How the tools speak to people: one line on standard error, `tool: error: cause; remedy`.
package enum ToolMessage {
    /// Says what went wrong.
    package static func error(_ tool: String, _ text: String) {
        FileDescriptor.standardError.print("\(tool): error: \(text)\n")
    }

    /// Says what may surprise.
    package static func warning(_ tool: String, _ text: String) {
        FileDescriptor.standardError.print("\(tool): warning: \(text)\n")
    }

    /// Says what is going on.
    package static func note(_ tool: String, _ text: String) {
        FileDescriptor.standardError.print("\(tool): \(text)\n")
    }

    /// The error to throw for this status.
    package static func exit(_ status: ExitStatus) -> ExitCode {
        ExitCode(status.rawValue)
    }

    /// Says what went wrong, and gives the error to throw for this status.
    package static func failure(_ tool: String, _ text: String, _ status: ExitStatus) -> ExitCode {
        error(tool, text)
        return exit(status)
    }
}
