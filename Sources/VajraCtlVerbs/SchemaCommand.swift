// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraCLI
import VajraConfig

/// `vajra-ctl schema`: the config format for editors.
package struct SchemaCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of configs, for editors.",
        discussion: """
            vajra-ctl schema > config-1.schema.json

            An editor with the YAML language server takes it from the config's first line:
            # yaml-language-server: $schema=config-1.schema.json
            """)

    package init() {}

    package func run() throws {
        try ToolOutput.write("vajra-ctl", ConfigJSONSchema.text())
    }
}
