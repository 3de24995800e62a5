// SPDX-License-Identifier: Apache-2.0

package import VajraAggregate
package import ArgumentParser
import VajraCLI
import VajraModel
import VajraReport
import VajraSystem

/// The final figures on standard output: as text for a terminal of its width, or as one line of JSON.
package enum SummaryOutput {
    /// Prints the summary.
    ///
    /// - Throws: the status to exit with: 141, silently, when the reader has gone, and 74 when writing fails.
    package static func print(
        _ summary: Summary, by tool: String, asJSON: Bool, noColor: Bool
    ) throws(ExitCode) {
        let text = asJSON ? json(summary) : Array(text(summary, noColor: noColor).utf8)
        do throws(SystemError) {
            try text.withUnsafeBufferPointer { (bytes) throws(SystemError) in
                try FileDescriptor.standardOutput.writeAll(UnsafeRawBufferPointer(bytes))
            }
        } catch {
            if error.isBrokenPipe { throw ToolMessage.exit(.readerGone) }
            throw ToolMessage.failure(tool, "writing the report: \(error)", .inputOutput)
        }
    }

    /// Says on standard error why the run does not end with 0, if it does not.
    package static func explain(_ summary: Summary, by tool: String) {
        if let line = ReasonLine.text(of: summary, tool: tool) { FileDescriptor.standardError.print(line) }
    }

    /// The report for the terminal at standard output, if there is one.
    package static func text(_ summary: Summary, noColor: Bool) -> String {
        let isColoured = TerminalColour.isWanted(on: .standardOutput, refused: noColor)
        let width = Terminal.size(of: .standardOutput)?.columns
        return TextReport(summary, style: TextStyle(isColoured: isColoured), width: width).text
    }

    private static func json(_ summary: Summary) -> [UInt8] {
        var report = JSONReport()
        return report.bytes(of: summary)
    }
}
