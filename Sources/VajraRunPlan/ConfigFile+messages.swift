// SPDX-License-Identifier: Apache-2.0

import VajraCLI
package import VajraModel
import VajraSystem

extension ConfigFile {
    /// Says on standard error what is allowed and probably not meant.
    package func printWarnings() {
        for warning in warnings { FileDescriptor.standardError.print("\(warning)\n") }
    }
}

extension ConfigFile.Failure {
    /// Says on standard error what is wrong, and gives the status to exit with.
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
