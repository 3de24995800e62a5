// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraRun
package import ArgumentParser
import VajraCLI

/// The whole command line of vajra-gen.
package struct GenerateCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "vajra-gen", abstract: "Generate load on a plan, and write what happens as NDJSON.",
        discussion: """
            vajra-gen http http://127.0.0.1:8080/ --rate 500/s --for 30s | vajra-agg
            vajra-gen checkout.yaml | tee raw.ndjson | vajra-agg
            vajra-gen none --rate 100k/s --for 10s --segment 1/3 > a.ndjson
            """,
        version: ToolVersion.current,
        subcommands: [ConfigCommand<BuiltInTasksOnly>.self, HTTPCommand.self, CommandCommand.self, NoneCommand.self],
        defaultSubcommand: ConfigCommand<BuiltInTasksOnly>.self)

    package init() {}
}
