// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
package import ArgumentParser
import VajraCLI
import VajraConfig
import VajraJSON

/// `vajra-ctl config`: a config as it is in force, and why.
package struct ShowConfigCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print a config as it is in force, every default written out.",
        discussion: """
            vajra-ctl config checkout.yaml
            vajra-ctl config --explain checkout.yaml
            VAJRA_SCENARIOS_BROWSE_MAX_IN_FLIGHT=200 vajra-ctl config --explain checkout.yaml | grep VAJRA_

            Variables named VAJRA_ and a value's path in capitals come before the file. Secrets are not shown.
            """)

    @Argument(
        help: ArgumentHelp("The config, YAML or JSON; - is standard input.", valueName: "file"),
        completion: .config)
    var file: String

    @Flag(help: "Print each value on a line, with where it came from: file:line:column, a variable, or default.")
    var explain = false

    package init() {}

    package func run() throws {
        let loaded: ConfigFile
        do throws(ConfigFile.Failure) {
            loaded = try ConfigFile(loading: file)
        } catch {
            throw ToolMessage.exit(error.printed(by: "vajra-ctl"))
        }
        loaded.printWarnings()
        try ToolOutput.write("vajra-ctl", explain ? explanation(of: loaded) : try json(loaded.config))
    }

    /// The same bytes for the same config.
    private func json(_ config: RunConfig) throws -> String {
        try JSONValue(parsing: config.json()).indented() + "\n"
    }

    private func explanation(of file: ConfigFile) -> String {
        let values = file.config.explained(by: file.origins)
        // A long value moves only its own origin to the right.
        let widest = min(72, values.map { ShowConfigCommand.text($0).count }.max() ?? 0)
        return values.map { value in
            let text = ShowConfigCommand.text(value)
            let gap = String(repeating: " ", count: max(0, widest - text.count))
            return "\(text)\(gap)   \(value.origin)\n"
        }.joined()
    }

    private static func text(_ value: ExplainedValue) -> String { "\(value.path) = \(value.value)" }
}
