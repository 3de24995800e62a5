// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraModel
import VajraSystem

/// Runs a tool from its start to its exit status. It replaces the parser's own `main()`, which loses the arguments when
/// a preloaded library has moved the environment, and ignores a failure to print the help.
package enum ToolCommandLine {
    /// Prepares the process, carries out the command line, and ends the process with its status. A tool does nothing
    /// else on the main thread.
    ///
    /// - Parameters:
    ///   - tool: The program's name, for messages.
    ///   - completing: Adds arguments that the user may leave out.
    ///   - advising: Suggests what the user probably meant; nil when the arguments can be right.
    package static func run(
        _ root: (some ParsableCommand).Type, tool: String, completing: ([String]) -> [String] = { $0 },
        advising: ([String]) -> String? = { _ in nil }
    ) -> Never {
        ChildGuard.prepareProcess()
        ProcessSignals.prepareProcess()
        if let number = ProcessArguments.firstUnreadable {
            let text = "argument \(number) is not UTF-8: write it in UTF-8, or rename what it names"
            root.exit(withError: ToolMessage.failure(tool, text, .usage))
        }
        if let advice = advising(ProcessArguments.given) {
            root.exit(withError: ToolMessage.failure(tool, advice, .usage))
        }
        var verb = ""
        do {
            var command = try root.parseAsRoot(completing(ProcessArguments.given))
            verb = type(of: command)._commandName
            try command.run()
            root.exit()
        } catch let error as ValidationError where !verb.isEmpty {
            // The parser would point to the help of the whole tool, because it does not know which verb failed.
            let page = verb == tool ? tool : "\(tool) \(verb)"
            FileDescriptor.standardError.print(
                "Error: \(error.message)\n  See '\(page) --help' for more information.\n")
            root.exit(withError: ToolMessage.exit(.usage))
        } catch {
            root.exit(withError: shown(error, of: root, tool))
        }
    }

    /// Writes the error's text if it is for standard output (help, a version, a completion); gives the error that is
    /// left.
    private static func shown(_ error: any Error, of root: (some ParsableCommand).Type, _ tool: String) -> any Error {
        if error is ExitCode { return error }
        // Does not ask for the status too: the parser would render the whole help again.
        let text = root.fullMessage(for: error)
        guard !text.isEmpty, !text.utf8.starts(with: "Error: ".utf8) else { return error }
        do throws(ExitCode) {
            try ToolOutput.write(tool, text + "\n")
        } catch {
            return error
        }
        return ExitCode.success
    }
}
