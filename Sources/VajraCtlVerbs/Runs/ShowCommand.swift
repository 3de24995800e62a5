// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraCLI
import VajraControlSocket
import VajraModel
import VajraSystem

/// `vajra-ctl show`: the report of a run that is kept.
package struct ShowCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the report of a run that is kept.",
        discussion: """
            vajra-ctl show
            vajra-ctl show 01937c2e
            vajra-ctl show 01937c2e --json | jq .total.response_time.p99_ns

            Ends with 69 when there is no such run, or when several begin so.
            """)

    @Argument(
        help: ArgumentHelp("The run's id or its beginning; needed only when several are kept.", valueName: "run"),
        completion: .custom { _, _, _ in KeptRuns.ids() })
    var id: String?

    @OptionGroup var place: KeptRunsOptions

    @Flag(help: "The summary as a line of JSON instead.")
    var json = false

    package init() {}

    package func run() throws {
        let found = try place.runs(beginningWith: id ?? "")
        // A whole id means that run, even if other ids begin with it.
        let runs = found.contains { $0.id == id } ? found.filter { $0.id == id } : found
        guard let run = runs.first else {
            let what = id.map { "no run '\($0)' is kept" } ?? "no run is kept"
            throw ToolMessage.failure(
                "vajra-ctl", "\(what) in \(place.from); --from names another folder", .unavailable)
        }
        guard runs.count == 1 else {
            let list = RunTable.text(of: [], kept: runs)
            throw ToolMessage.failure("vajra-ctl", "which run? name one of these:\n\(list)", .unavailable)
        }
        guard let bytes = run.file(json ? "summary.json" : "report.txt") else { throw withoutReport(run) }
        try ToolOutput.write("vajra-ctl", String(decoding: bytes, as: UTF8.self))
    }

    private func withoutReport(_ run: KeptRun) -> ExitCode {
        let isGoingOn = LocalRuns.ask(beginningWith: run.id).runs.contains { $0.runID == run.id }
        return ToolMessage.failure(
            "vajra-ctl",
            isGoingOn
                ? "run \(run.id) goes on; 'vajra-ctl status \(run.id)' tells how it stands"
                : "run \(run.id) has no report, because it was ended by force; 'vajra-agg \(run.path)' makes one of what came",
            .unavailable)
    }
}
