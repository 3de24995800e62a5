// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraModel
import VajraSystem

/// What a tool prints as its result.
package enum ToolOutput {
    /// Writes all of the text to standard output.
    ///
    /// - Throws: the status to exit with: 141, silently, when the reader has gone, and 74 when writing fails.
    package static func write(_ tool: String, _ text: String) throws(ExitCode) {
        do throws(SystemError) {
            try FileDescriptor.standardOutput.writeAll(text)
        } catch {
            if error.isBrokenPipe { throw ToolMessage.exit(.readerGone) }
            throw ToolMessage.failure(tool, "writing the output: \(error)", .inputOutput)
        }
    }
}
