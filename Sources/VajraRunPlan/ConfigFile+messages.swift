// SPDX-License-Identifier: Apache-2.0

import VajraCLI
package import VajraModel
import VajraSystem

extension ConfigFile {
    /// Writes the warnings to standard error.
    package func printWarnings() {
        for warning in warnings { FileDescriptor.standardError.print("\(warning)\n") }
    }
}

extension ConfigFile.Failure {
    /// Writes the faults to standard error, and returns the exit status.
    package func printed(by tool: String) -> ExitStatus {
        switch self {
        case .unreadable(let error):
            ToolMessage.error(tool, "\(error)")
            return .noInput
        case .invalid(let faults):
            FileDescriptor.standardError.print("\(faults)\n")
            return .badConfig
        }
    }
}
