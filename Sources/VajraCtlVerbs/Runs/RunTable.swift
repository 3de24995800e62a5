// SPDX-License-Identifier: Apache-2.0

import VajraReport
import VajraModel
import VajraControlSocket

/// The runs that are going on, a line each.
enum RunTable {
    private static let headings = ["RUN", "NAME", "STATE", "ELAPSED", "OF", "COMPLETED", "FAILED", "PROCESS"]

    /// A heading and a line for each run, with newlines.
    static func text(of runs: [RunStatus]) -> String {
        let rows = [headings] + runs.map(row).map { $0.map(DisplayText.safe) }
        let widths = headings.indices.map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { TextColumns.left($0, $1) }.joined(separator: "   ").trimmingTrailingSpaces + "\n"
        }.joined()
    }

    private static func row(of run: RunStatus) -> [String] {
        let total = run.total
        let hasBegun = run.startUnixMicroseconds != nil
        return [
            run.runID, run.name, StatusText.state(of: run), hasBegun ? ClockText.text(run.elapsed) : "–",
            run.plannedDuration.map(ClockText.text) ?? "–", TextColumns.grouped(total.completed),
            TextColumns.grouped(total.failed), "\(run.pid)",
        ]
    }
}
