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
        let last = scenario.last
        var counts = [
            LiveScreen.started(scenario.counts, of: scenario.planTotal),
            TextFlow.Piece("in flight \(TextColumns.grouped(scenario.inFlight))"),
        ]
        if scenario.isOpen { counts.append(TextFlow.Piece("dropped \(TextColumns.grouped(scenario.counts.dropped))")) }
        let name = StyledLine(DisplayText.name(scenario.name, cutTo: flow.indent > 2 ? flow.indent - 1 : width))
        var lines = flow.lines(name, counts)
        let target = last.map { $0.targetRate } ?? 0
        let rate = last.map { LiveScreen.rate($0.achievedRate, of: scenario.isOpen ? target : 0) } ?? "–"
        lines += flow.lines(StyledLine(), [TextFlow.Piece("rate \(rate)")])
        // One line however many kinds there are: a line more or less would make the rest jump.
        lines.append(failures(scenario.counts, flow))
        return lines + percentiles(scenario, flow) + [sparkline(scenario, flow)]
    }

    private func failures(_ counts: ScenarioCounts, _ flow: TextFlow) -> StyledLine {
        var line = StyledLine()
        line.pad(to: flow.indent)
        line.append(LiveScreen.failed(counts).line)
        let kinds = TextColumns.failures(counts)
        if counts.failed > 0, !kinds.isEmpty { line.append(": \(kinds.joined(separator: ", "))", .bad) }
        return line.cut(to: width)
    }

    private func percentiles(_ scenario: LiveFigures.Scenario, _ flow: TextFlow) -> [StyledLine] {
        let interval = scenario.last.map { LiveScreen.length($0.length) } ?? ""
        var rows = [("last \(interval)", scenario.last?.responseTime), ("so far", scenario.responseTime)]
        if scenario.isOpen { rows.append(("lag, last \(interval)", scenario.last?.lag)) }
        let label = 17
        let (columns, size) = LiveScreen.columns(fitting: width - flow.indent - label)
        var header = StyledLine()
        header.pad(to: flow.indent)
        header.append("response")
        for (index, column) in columns.enumerated() {
            header.appendRight(column.name, endingAt: flow.indent + label + (index + 1) * size)
        }
        return [header]
            + rows.map { name, histogram in
                var line = StyledLine()
                line.pad(to: flow.indent)
                line.append(name)
                for (index, column) in columns.enumerated() {
                    let text = histogram.map { LiveScreen.value(column, of: $0) } ?? "–"
                    line.appendRight(text, endingAt: flow.indent + label + (index + 1) * size)
                }
                return line
            }
    }

    private func sparkline(_ scenario: LiveFigures.Scenario, _ flow: TextFlow) -> StyledLine {
        var line = StyledLine()
        line.pad(to: flow.indent)
        line.append("p99")
        guard !scenario.history.isEmpty else { return line }
        line.append(" ")
        // Behind the bars: the value that the highest of them stands for.
        let room = min(max(4, width - line.width - 18), 100)
        line.append(Sparkline.text(scenario.history, width: room))
        if let top = scenario.history.suffix(room).compactMap(\.self).max() {
            line.append("  max \(DurationText.text(top))")
        }
        return line
    }
}
