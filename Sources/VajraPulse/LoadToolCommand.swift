// SPDX-License-Identifier: Apache-2.0

import VajraRun
import ArgumentParser
import VajraCLI
import VajraGenVerbs
import VajraLifecycle

/// The command line of a user's own load tool.
struct LoadToolCommand<Tool: LoadTool>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Provider<Tool>.toolName,
            abstract: "Put the task of this program under load on a plan, and write what happens as NDJSON.",
            version: ToolVersion.current,
            subcommands: [
                CustomCommand<Provider<Tool>>.self, ConfigCommand<Provider<Tool>>.self, HTTPCommand.self,
                CommandCommand.self, NoneCommand.self,
            ],
            defaultSubcommand: CustomCommand<Provider<Tool>>.self)
    }
}

/// Hands the tool's task instances to the generator.
enum Provider<Tool: LoadTool>: CustomTaskProvider {
    static var toolName: String { String(describing: Tool.self).lowercased() }

    static var custom: CustomTask? {
        CustomTask { setup, taker in taker.take(try Tool.makeTask(setup)) }
    }
}
