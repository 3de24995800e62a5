// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraCLI
import VajraSystem

/// vajra-agg: merges any number of generators' streams into one report, and ends with the run's own status.
@main
enum Main {
    static func main() {
        ToolCommandLine.run(VajraAgg.self, tool: "vajra-agg", completing: VajraAgg.completed)
    }
}

/// The whole command line of vajra-agg: a verb and what it needs. Without a verb, it merges.
struct VajraAgg: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vajra-agg", abstract: "Work on load-test streams.",
        version: ToolVersion.current, subcommands: [MergeCommand.self], defaultSubcommand: MergeCommand.self)

    /// Words that are never file names: the verbs, and future ones. A word that is a file today and a verb tomorrow
    /// would break scripts.
    static let reservedWords = ["merge", "compare"]

    /// Help without a verb is that of the default verb.
    static func completed(_ arguments: [String]) -> [String] {
        let help = ["-h", "-help", "--help", "-help-hidden", "--help-hidden"]
        return arguments.count == 1 && help.contains(arguments[0]) ? ["merge"] + arguments : arguments
    }
}
