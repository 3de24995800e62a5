// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraCLI
import VajraCtlVerbs

/// vajra-ctl: tries, runs and steers load tests.
@main
enum Main {
    static func main() {
        ToolCommandLine.run(VajraCtl.self, tool: "vajra-ctl")
    }
}

/// The whole command line of vajra-ctl.
struct VajraCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vajra-ctl", abstract: "Try, run and steer load tests.",
        discussion: """
            vajra-ctl init checkout.yaml && vajra-ctl validate checkout.yaml
            vajra-ctl target --port 8080
            """,
        version: ToolVersion.current,
        subcommands: [
            InitCommand.self, ValidateCommand.self, ShowConfigCommand.self, SchemaCommand.self, RunCommand.self,
            ListCommand.self, StatusCommand.self, ShowCommand.self, TargetCommand.self,
        ])
}
