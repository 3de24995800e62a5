// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraRun
package import ArgumentParser
import VajraCLI
import VajraConfig

/// `vajra-gen none`: iterations that do nothing.
package struct NoneCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "none", abstract: "Do nothing, on schedule: what is measured is the generator itself.",
        discussion: """
            vajra-gen none --rate 100k/s --for 10s | vajra-agg

            \(MoreHelp.text)
            """)

    @OptionGroup(title: "Load") var load: LoadOptions
    @OptionGroup(title: "Run") var options: RunOptions

    package init() {}

    package func run() throws {
        let config = try options.config(task: .none, name: "none", load: load)
        throw ToolMessage.exit(Generator(config, settings: options.settings(tool: "vajra-gen")).run())
    }
}
