// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraModel
import VajraSystem

/// A tool from its start to its exit status. The parser has a `main()` of its own, which takes the arguments from where a
/// preloaded library may have moved them, and does not look whether the help that it prints can be written.
package enum ToolCommandLine {
    /// Prepares the process, carries out what the arguments say, and ends with the status for it. The first and last thing
    /// that a tool does, on the main thread.
    ///
    /// - Parameters:
    ///   - tool: The program's name, for messages.
    ///   - completing: Adds to the arguments what goes without saying.
    ///   - advising: Says what was probably meant by arguments that cannot be right; nil when they can.
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
            // The parser would point at the help of the whole tool, because it does not know whose error it is.
            let page = verb == tool ? tool : "\(tool) \(verb)"
            FileDescriptor.standardError.print(
                "Error: \(error.message)\n  See '\(page) --help' for more information.\n")
            root.exit(withError: ToolMessage.exit(.usage))
        } catch {
            root.exit(withError: shown(error, of: root, tool))
        }
    }

    /// Writes what the error has for standard output (help, a version, a completion), and gives what is left to say.
    private static func shown(_ error: any Error, of root: (some ParsableCommand).Type, _ tool: String) -> any Error {
        if error is ExitCode { return error }
        // To ask for its status too would have the parser make all of the help once more.
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
