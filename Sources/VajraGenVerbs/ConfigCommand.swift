// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraRun
package import ArgumentParser
import VajraCLI
import VajraConfig
import VajraModel

/// `vajra-gen run CONFIG`: what a config file says.
package struct ConfigCommand<Provider: CustomTaskProvider>: ParsableCommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "run", abstract: "Carry out the run that a config file describes.",
            discussion: """
                vajra-gen run checkout.yaml | tee raw.ndjson | vajra-agg

                \(MoreHelp.text)
                """)
    }

    @Argument(
        help: ArgumentHelp("The config, YAML or JSON; - is standard input.", valueName: "config"),
        completion: .config)
    var config: String

    @OptionGroup var choice: ScenarioChoice

    @OptionGroup(title: "Run") var options: RunOptions

    package init() {}

    package func run() throws {
        let tool = Provider.toolName
        var file: ConfigFile
        do throws(ConfigFile.Failure) {
            file = try ConfigFile(loading: config)
        } catch {
            throw ToolMessage.exit(error.printed(by: tool))
        }
        file.printWarnings()
        var settings = options.settings(tool: tool)
        settings.faultStatus = .badConfig
        settings.origins = file.origins
        try choice.apply(to: &file.config)
        try options.apply(to: &file.config, &settings.origins)
        settings.isDrainGiven = settings.origins?.origin(of: ConfigPath("shutdown", "drain")) != .builtIn
        throw ToolMessage.exit(
            Generator(file.config, settings: settings, requests: file.requests, custom: Provider.custom).run())
    }
}
