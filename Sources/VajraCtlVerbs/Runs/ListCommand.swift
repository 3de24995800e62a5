// SPDX-License-Identifier: Apache-2.0

import VajraControlSocket
package import ArgumentParser
import VajraCLI
import VajraJSON
import VajraReport

/// `vajra-ctl list`: the runs that are going on.
package struct ListCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List this user's runs on this machine.",
        discussion: """
            vajra-ctl list
            vajra-ctl list --json | jq -r .run_id
            """)

    @Flag(help: "A JSON object a run instead, as 'status --json' prints it.")
    var json = false

    package init() {}

    package func run() throws {
        let found = LocalRuns.ask()
        for trouble in found.troubles { ToolMessage.warning("vajra-ctl", "run \(trouble)") }
        if json { return try ToolOutput.write("vajra-ctl", found.runs.map(\.line).joined()) }
        guard !found.runs.isEmpty else { return ToolMessage.note("vajra-ctl", "no run is going on") }
        try ToolOutput.write("vajra-ctl", RunTable.text(of: found.runs))
    }
}
