// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraCLI
import VajraControlSocket
import VajraJSON
import VajraModel
import VajraReport
import VajraSystem

/// `vajra-ctl list`: the runs that are going on, and those that are kept.
package struct ListCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List this user's runs on this machine.",
        discussion: """
            vajra-ctl list
            vajra-ctl list --all
            vajra-ctl list --json | jq -r .run_id
            """)

    @Flag(help: "The runs that are kept on disk too.")
    var all = false

    @OptionGroup var place: KeptRunsOptions

    @Flag(help: "A JSON object a run instead, as 'status --json' and 'show --json' print it.")
    var json = false

    package init() {}

    package func run() throws {
        let found = LocalRuns.ask()
        for trouble in found.troubles { ToolMessage.warning("vajra-ctl", "run \(trouble)") }
        let going = Set(found.runs.map(\.runID))
        let kept = all ? try place.runs().filter { !going.contains($0.id) } : []
        if json {
            let lines = found.runs.map(\.line) + kept.compactMap(\.summary?.line)
            return try ToolOutput.write("vajra-ctl", lines.joined())
        }
        guard !found.runs.isEmpty || !kept.isEmpty else {
            let rest = all ? ", and none is kept in \(place.from)" : ""
            return ToolMessage.note("vajra-ctl", "no run is going on\(rest)")
        }
        try ToolOutput.write("vajra-ctl", RunTable.text(of: found.runs, kept: kept))
    }
}

struct KeptRunsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Where runs are kept, as 'vajra-ctl run --output' has it.", valueName: "directory"),
        completion: .directory)
    var from = KeptRuns.base

    /// The kept runs with ids that begin like this.
    func runs(beginningWith prefix: String = "") throws(ExitCode) -> [KeptRun] {
        do throws(SystemError) {
            return try KeptRuns.find(in: from, beginningWith: prefix)
        } catch {
            throw ToolMessage.failure("vajra-ctl", "\(error)", .noInput)
        }
    }
}
