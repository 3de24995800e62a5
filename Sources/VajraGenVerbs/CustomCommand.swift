// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraRun
package import ArgumentParser
import VajraCLI
import VajraConfig
import VajraModel

/// The verb of a user's own executable: its own task under load.
package struct CustomCommand<Provider: CustomTaskProvider>: ParsableCommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "task", abstract: "Put this program's own task under load (the default verb).",
            discussion: """
                \(Provider.toolName) --rate 100/s --for 30s --set api=http://127.0.0.1:8080 | vajra-agg

                \(MoreHelp.text)
                """)
    }

    @OptionGroup(title: "Load") var load: LoadOptions
    @OptionGroup(title: "Run") var options: RunOptions

    @Option(help: ArgumentHelp("A parameter of the task; repeat it.", valueName: "key=value"))
    var set: [String] = []

    package init() {}

    package func run() throws {
        var parameters: [String: String] = [:]
        for pair in set {
            guard let (key, value) = pair.cut(at: "="), !key.isEmpty else {
                throw ValidationError("--set '\(pair)': write KEY=VALUE.")
            }
            parameters[key] = value
        }
        let config = try options.config(task: .custom(parameters), name: "task", load: load)
        let settings = options.settings(tool: Provider.toolName)
        throw ToolMessage.exit(Generator(config, settings: settings, custom: Provider.custom).run())
    }
}
