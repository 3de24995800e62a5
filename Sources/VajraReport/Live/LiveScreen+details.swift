// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel

extension LiveScreen {
    /// A block of lines for each scenario, an empty line between two.
    func details(_ figures: LiveFigures) -> [StyledLine] {
        let longest = figures.scenarios.map { DisplayWidth.of(DisplayText.safe($0.name)) + 1 }.max() ?? 0
        let flow = TextFlow(indent: width < 60 ? 2 : min(max(11, longest), width < 100 ? 16 : 24), width: width)
        return Array(figures.scenarios.map { block($0, flow) }.joined(separator: [StyledLine()]))
    }

    private func block(_ scenario: LiveFigures.Scenario, _ flow: TextFlow) -> [StyledLine] {
        var counts = [
            LiveScreen.started(scenario.counts, of: scenario.planTotal),
            TextFlow.Piece("in flight \(TextColumns.grouped(scenario.inFlight))"),
        ]
        if scenario.isOpen { counts.append(TextFlow.Piece("dropped \(TextColumns.grouped(scenario.counts.dropped))")) }
        let name = StyledLine(DisplayText.name(scenario.name, cutTo: flow.indent > 2 ? flow.indent - 1 : width))
        var lines = flow.lines(name, counts)
        lines.append(failures(scenario, flow))
        if let phase = scenario.phase { lines.append(LiveScreen.line(of: phase, flow)) }
        return lines + percentiles(scenario, flow) + [sparkline(scenario, flow)]
    }

    /// `phase 2 of 3   ramp 0/s to 100/s   12 s of 30 s`.
    private static func line(of phase: LiveFigures.Phase, _ flow: TextFlow) -> StyledLine {
        var line = StyledLine()
        line.pad(to: flow.indent)
        let time = "\(ClockText.text(phase.elapsed)) of \(ClockText.text(phase.length))"
        line.append("phase \(phase.number) of \(phase.count)   \(phase.text)   \(time)")
        return line
    }

    /// The rate and the failures, always on one line: a changing number of lines would make the rest jump.
    private func failures(_ scenario: LiveFigures.Scenario, _ flow: TextFlow) -> StyledLine {
        var line = StyledLine()
        line.pad(to: flow.indent)
        let target = scenario.isOpen ? scenario.last?.targetRate ?? 0 : 0
        line.append("rate \(scenario.last.map { LiveScreen.rate($0.achievedRate, of: target) } ?? "–")   ")
        line.append(LiveScreen.failed(scenario.counts).line)
        let kinds = TextColumns.failures(scenario.counts)
        if scenario.counts.failed > 0, !kinds.isEmpty { line.append(": \(kinds.joined(separator: ", "))", .bad) }
        return line.cut(to: width)
    }

    /// A row of percentiles, and the rate and the statuses beside them where there is room.
    private struct Row {
        let name: String
        let times: Histogram?
        var rate: Double?
        var statuses: StatusCounts?
    }

    private func percentiles(_ scenario: LiveFigures.Scenario, _ flow: TextFlow) -> [StyledLine] {
        let last = scenario.last
        let interval = last.map { LiveScreen.length($0.length) } ?? ""
        var rows = [
            Row(
                name: "last \(interval)", times: last?.responseTime, rate: last?.achievedRate, statuses: last?.statuses),
            Row(
                name: "so far", times: scenario.responseTime, rate: scenario.achievedRate,
                statuses: scenario.counts.statuses),
        ]
        if scenario.isOpen { rows.append(Row(name: "lag, last \(interval)", times: last?.lag)) }
        let label = 17
        let (columns, size) = LiveScreen.columns(fitting: width - flow.indent - label)
        let end = flow.indent + label + columns.count * size
        let hasRate = width - end >= 12
        let statusColumn = end + 12 + 3
        let hasStatuses = width - statusColumn >= 16 && !scenario.counts.statuses.sorted.isEmpty
        var header = StyledLine()
        header.pad(to: flow.indent)
        header.append("response")
        for (index, column) in columns.enumerated() {
            header.appendRight(column.name, endingAt: flow.indent + label + (index + 1) * size)
        }
        if hasRate { header.appendRight("rate", endingAt: end + 12) }
        if hasStatuses {
            header.pad(to: statusColumn)
            header.append("status")
        }
        return [header]
            + rows.map { row in
                var line = StyledLine()
                line.pad(to: flow.indent)
                line.append(row.name)
                for (index, column) in columns.enumerated() {
                    let text = row.times.map { LiveScreen.value(column, of: $0) } ?? "–"
                    line.appendRight(text, endingAt: flow.indent + label + (index + 1) * size)
                }
                if hasRate, let rate = row.rate { line.appendRight("\(TextColumns.rate(rate))/s", endingAt: end + 12) }
                if hasStatuses, let statuses = row.statuses {
                    line.pad(to: statusColumn)
                    line.append(LiveScreen.text(of: statuses))
                }
                return line.cut(to: width)
            }
    }

    private func sparkline(_ scenario: LiveFigures.Scenario, _ flow: TextFlow) -> StyledLine {
        var line = StyledLine()
        line.pad(to: flow.indent)
        line.append("p99")
        guard !scenario.history.isEmpty else { return line }
        line.append(" ")
        // After the bars comes the value of the highest one.
        let room = max(4, width - line.width - 18)
        line.append(Sparkline.text(scenario.history, width: room))
        if let top = scenario.history.suffix(room).compactMap(\.self).max() {
            line.append("  max \(DurationText.text(top))")
        }
        return line
    }
}
