// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraCLI
import VajraConfig
import VajraModel
import VajraSystem

/// `vajra-gen run CONFIG`: what a config file says.
package struct ConfigCommand<Provider: CustomTaskProvider>: ParsableCommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "run", abstract: "Carry out the run that a config file describes.",
            discussion: "vajra-gen run checkout.yaml | tee raw.ndjson | vajra-agg")
    }

    @Argument(help: ArgumentHelp("The config, YAML or JSON; - is standard input.", valueName: "config"))
    var config: String

    @OptionGroup(title: "Run") var options: RunOptions

    package init() {}

    package func run() throws {
        let tool = Provider.toolName
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try ConfigFile.read(config)
        } catch {
            throw ToolMessage.failure(tool, "\(error)", .noInput)
        }
        switch ConfigFile.parse(bytes, name: config == "-" ? "stdin" : config) {
        case .success(var config):
            options.apply(to: &config)
            var settings = options.settings(tool: tool)
            settings.faultStatus = .badConfig
            throw ToolMessage.exit(Generator(config, settings: settings, custom: Provider.custom).run())
        case .failure(let faults):
            FileDescriptor.standardError.print(faults.text)
            throw ToolMessage.exit(.badConfig)
        }
    }
}
