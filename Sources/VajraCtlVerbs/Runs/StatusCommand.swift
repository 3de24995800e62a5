// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraCLI
import VajraJSON
import VajraModel
import VajraControlSocket
import VajraReport

/// `vajra-ctl status`: how a run stands.
package struct StatusCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how a run stands.",
        discussion: """
            vajra-ctl status
            vajra-ctl status 01937c2e
            vajra-ctl status --json | jq .in_flight

            Ends with 69 when there is no such run, or when several begin so.
            """)

    @Argument(
        help: ArgumentHelp("The run's id or its beginning; needed only when several go on.", valueName: "run"),
        completion: .custom { _, _, _ in LocalRuns.ids() })
    var id: String?

    @Flag(help: "A line of JSON instead.")
    var json = false

    package init() {}

    package func run() throws {
        let found = LocalRuns.ask(beginningWith: id ?? "")
        for trouble in found.troubles { ToolMessage.warning("vajra-ctl", "run \(trouble)") }
        let ids = Set(found.runs.map(\.runID))
        guard !ids.isEmpty else {
            let what = id.map { "no run '\($0)' is going on" } ?? "no run is going on"
            throw ToolMessage.failure("vajra-ctl", "\(what) for this user on this machine", .unavailable)
        }
        guard ids.count == 1 else {
            let list = found.runs.map { "  \($0.runID)  \($0.name)" }.joined(separator: "\n")
            throw ToolMessage.failure("vajra-ctl", "which run? name one of these:\n\(list)", .unavailable)
        }
        let texts = found.runs.map { json ? $0.line : StatusText.text(of: $0) }
        try ToolOutput.write("vajra-ctl", texts.joined(separator: json ? "" : "\n"))
    }
}

extension RunStatus {
    /// The status as a line of JSON.
    var line: String { json.line }
}

extension JSONValue {
    /// The value as a line of JSON.
    var line: String {
        var writer = JSONWriter()
        write(to: &writer)
        writer.endLine()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
