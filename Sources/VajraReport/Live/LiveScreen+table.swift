// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel

extension LiveScreen {
    /// One figure of every scenario.
    private struct Field: Sendable {
        let name: String
        let width: Int
        let value: @Sendable (LiveFigures.Scenario) -> String
    }

    /// In the order in which they stand.
    private static let fields = [
        Field(name: "rate", width: 12) { $0.last.map { "\(TextColumns.rate($0.achievedRate))/s" } ?? "–" },
        Field(name: "of", width: 12) { scenario in
            guard let last = scenario.last, scenario.isOpen else { return "–" }
            return "\(TextColumns.rate(last.targetRate))/s"
        },
        Field(name: "in flight", width: 10) { TextColumns.grouped($0.inFlight) },
        Field(name: "p50", width: 9) { $0.last.map { percentile($0.responseTime, 0.5) } ?? "–" },
        Field(name: "p95", width: 9) { $0.last.map { percentile($0.responseTime, 0.95) } ?? "–" },
        Field(name: "p99", width: 9) { $0.last.map { percentile($0.responseTime, 0.99) } ?? "–" },
        Field(name: "max", width: 9) { $0.last.map { percentile($0.responseTime, 1) } ?? "–" },
        Field(name: "lag p99", width: 9) { $0.last.map { percentile($0.lag, 0.99) } ?? "–" },
        Field(name: "failed", width: 10) { TextColumns.grouped($0.counts.failed) },
    ]

    /// The order in which fields are left out when there is no room for all.
    private static let dispensable = ["p95", "max", "lag p99", "p50", "of", "in flight"]

    /// One line for each scenario, as many as there are rows for, and the failures of all.
    func table(_ figures: LiveFigures, room: Int) -> [StyledLine] {
        let longest = figures.scenarios.map { DisplayWidth.of(DisplayText.safe($0.name)) }.max() ?? 0
        let name = min(max(8, longest), width < 60 ? max(4, width - 31) : 24)
        let fields = fields(fitting: width - name)
        let used = name + fields.reduce(0) { $0 + $1.width }
        var header = StyledLine("scenario")
        var end = name
        for field in fields {
            end += field.width
            header.appendRight(field.name, endingAt: end)
        }
        // One row is for the header, one for the failures.
        let rows = max(1, room - 2)
        let isCut = figures.scenarios.count > rows
        let shown = figures.scenarios.prefix(isCut ? rows - 1 : rows)
        var lines = [header] + shown.map { row($0, name, fields, sparkline: used + 2) }
        if isCut { lines.append(StyledLine("… and \(figures.scenarios.count - shown.count) more")) }
        let total = figures.total
        var failed = LiveScreen.failed(total).line
        let kinds = total.failed > 0 ? TextColumns.failures(total).joined(separator: ", ") : ""
        if !kinds.isEmpty { failed.append(": \(kinds)", .bad) }
        lines.append(failed)
        return lines
    }

    private func row(
        _ scenario: LiveFigures.Scenario, _ name: Int, _ fields: [Field], sparkline: Int
    ) -> StyledLine {
        var line = StyledLine(DisplayText.name(scenario.name, cutTo: name))
        var end = name
        for field in fields {
            end += field.width
            let isBad = field.name == "failed" && scenario.counts.failed > 0
            line.appendRight(field.value(scenario), endingAt: end, isBad ? .bad : .plain)
        }
        if width - sparkline >= 12 {
            line.pad(to: sparkline)
            line.append(Sparkline.text(scenario.history, width: width - sparkline))
        }
        return line
    }

    private func fields(fitting room: Int) -> [Field] {
        var fields = LiveScreen.fields
        for name in LiveScreen.dispensable where fields.reduce(0, { $0 + $1.width }) > room {
            fields.removeAll { $0.name == name }
        }
        return fields
    }
}
