// SPDX-License-Identifier: Apache-2.0

import VajraControlSocket
import VajraModel
import VajraReport

/// Runs, a line each.
enum RunTable {
    /// The cells of a line.
    struct Row {
        var id: String
        var name: String
        var state: String
        var elapsed: String
        var planned: String
        var completed: String
        var failed: String
        var process: String

        fileprivate var cells: [String] { [id, name, state, elapsed, planned, completed, failed, process] }
    }

    private static let headings = Row(
        id: "RUN", name: "NAME", state: "STATE", elapsed: "ELAPSED", planned: "OF", completed: "COMPLETED",
        failed: "FAILED", process: "PROCESS")

    /// A heading and a line for each run, with newlines: those that go on, and those that are kept.
    static func text(of runs: [RunStatus], kept: [KeptRun] = []) -> String {
        let rows = ([headings] + runs.map(row) + kept.map(\.row)).map { $0.cells.map(DisplayText.safe) }
        let widths = rows[0].indices.map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { TextColumns.left($0, $1) }.joined(separator: "   ").trimmingTrailingSpaces + "\n"
        }.joined()
    }

    private static func row(of run: RunStatus) -> Row {
        let total = run.total
        let hasBegun = run.startUnixMicroseconds != nil
        return Row(
            id: run.runID, name: run.name, state: StatusText.state(of: run),
            elapsed: hasBegun ? ClockText.text(run.elapsed) : "–",
            planned: run.plannedDuration.map(ClockText.text) ?? "–", completed: TextColumns.grouped(total.completed),
            failed: TextColumns.grouped(total.failed), process: "\(run.pid)")
    }
}
