// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
package import ArgumentParser
import VajraCLI
import VajraConfig
import VajraModel
import VajraSystem

/// `vajra-ctl validate`: every fault of configs, and no load.
package struct ValidateCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check configs, and tell all of their faults at once.",
        discussion: """
            vajra-ctl validate checkout.yaml
            vajra-ctl validate loads/*.yaml && echo ready

            Ends with 0 when all are good, 78 when one is not, and 66 when one cannot be read.
            """)

    @Argument(
        help: ArgumentHelp("Configs, YAML or JSON; - is standard input.", valueName: "file"),
        completion: .config)
    var files: [String]

    @Flag(name: .shortAndLong, help: "Say nothing of configs that are good.")
    var quiet = false

    package init() {}

    package func run() throws {
        var status = ExitStatus.passed
        for file in files {
            let loaded: ConfigFile
            do throws(ConfigFile.Failure) {
                loaded = try ConfigFile(loading: file)
            } catch {
                let found = error.printed(by: "vajra-ctl")
                if status != .badConfig { status = found }
                continue
            }
            loaded.printWarnings()
            if !quiet { try ToolOutput.write("vajra-ctl", line(file, loaded)) }
        }
        if status != .passed { throw ToolMessage.exit(status) }
    }

    private func line(_ file: String, _ config: ConfigFile) -> String {
        let count = config.config.scenarios.count
        var parts = [count == 1 ? "1 scenario" : "\(count) scenarios"]
        if let planned = config.plannedIterations { parts.append("\(planned) iterations planned") }
        if let duration = config.duration { parts.append("\(duration) long") }
        return "\(file == "-" ? "stdin" : file): ok: \(parts.joined(separator: ", "))\n"
    }
}
