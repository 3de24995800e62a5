// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel

// Single figures, in the same words in every layout.

extension LiveScreen {
    static func started(_ counts: ScenarioCounts, of planned: UInt64?) -> TextFlow.Piece {
        let plan = planned.map { " of \(TextColumns.grouped($0))" } ?? ""
        return TextFlow.Piece("started \(TextColumns.grouped(counts.started))\(plan)")
    }

    static func failed(_ counts: ScenarioCounts) -> TextFlow.Piece {
        guard counts.failed > 0 else { return TextFlow.Piece("failed 0") }
        let share = Percent.text(Double(counts.failed) / Double(max(1, counts.completed)))
        return TextFlow.Piece("failed \(TextColumns.grouped(counts.failed)) (\(share))", .bad)
    }

    /// `9 998/s of 10 000/s`; without a target in the closed model, and when the plan is over.
    static func rate(_ achieved: Double, of target: Double) -> String {
        let achieved = "\(TextColumns.rate(achieved))/s"
        return target > 0 ? "\(achieved) of \(TextColumns.rate(target))/s" : achieved
    }

    static func percentile(_ histogram: Histogram, _ quantile: Double) -> String {
        histogram.isEmpty ? "–" : DurationText.text(histogram.value(atQuantile: quantile))
    }

    static func value(_ column: TextColumns.Column, of histogram: Histogram) -> String {
        histogram.isEmpty ? "–" : DurationText.text(column.value(of: histogram))
    }

    /// The statuses with their counts, the most frequent first: `200: 9 990, 503: 10`.
    static func text(of statuses: StatusCounts) -> String {
        statuses.sorted.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
            .map { "\($0.name): \(TextColumns.grouped($0.count))" }.joined(separator: ", ")
    }

    /// The length of an interval: `1 s`, `250 ms`.
    static func length(_ nanoseconds: Int64) -> String {
        // The last interval ends with the run; 0.9996 s should read as a second.
        let rounded = (max(0, nanoseconds) + 500_000) / 1_000_000 * 1_000_000
        return rounded % 1_000_000_000 == 0 ? ClockText.text(rounded) : DurationText.text(UInt64(rounded))
    }

    /// The live view's percentiles: fewer than the report's, and only those that settle within seconds.
    static func columns(fitting room: Int) -> (columns: [TextColumns.Column], width: Int) {
        let all = TextColumns.columns(named: ["p50", "p95", "p99", "max"])
        for count in [4, 3, 2] {
            let columns = count == 4 ? all : count == 3 ? [all[0], all[2], all[3]] : [all[2], all[3]]
            for width in [11, 9] where columns.count * width + 12 <= room || width == 9 && columns.count * width <= room
            { return (columns, width) }
        }
        return ([all[2]], 9)
    }
}
