// SPDX-License-Identifier: Apache-2.0

package import VajraAggregate
import VajraMetrics
import VajraModel
import VajraWire

/// The report as people read it: the facts of the JSON summary on one screen.
package struct TextReport {
    private let summary: Summary
    private let style: TextStyle
    private let width: Int?

    /// The label column of every block.
    private let label = 9

    /// The report of a summary, in colour or not, for a terminal of `width` columns; nil where nobody counts columns,
    /// as in a file.
    package init(_ summary: Summary, style: TextStyle, width: Int? = nil) {
        self.summary = summary
        self.style = style
        self.width = width.map { max(20, $0) }
    }

    /// All lines, each with its newline.
    package var text: String {
        var lines = [headline]
        let longest = summary.scenarios.map { DisplayWidth.of(DisplayText.safe($0.name)) + 1 }.max() ?? 0
        let flow = TextFlow(indent: min(max(10, longest), isNarrow ? 10 : 30), width: width)
        for (name, figures) in summary.scenarios { lines += scenario(name, figures, flow) }
        if summary.sources.count > 1 { lines += workers(flow) }
        lines += honesty(flow)
        if !summary.thresholds.isEmpty {
            let flow = TextFlow(indent: flow.indent + 1, width: min(width ?? 99, 99))
            lines += flow.lines(StyledLine("thresholds"), ThresholdText.pieces(summary.thresholds))
        }
        for note in summary.notes { lines += flow.lines(StyledLine("note"), TextFlow.words(note)) }
        for problem in summary.problems {
            lines += flow.lines(StyledLine("problem", .bad), TextFlow.words(problem, .bad))
        }
        return lines.map { $0.text(style) + "\n" }.joined()
    }

    private var isNarrow: Bool { (width ?? .max) < 100 }

    private var headline: StyledLine {
        let verdict = summary.verdict.rawValue.uppercased()
        let workers = summary.sources.count == 1 ? "1 worker" : "\(summary.sources.count) workers"
        let more = summary.runCount > 1 ? " and \(summary.runCount - 1) more" : ""
        let column = min(width ?? 99, 99)
        var parts = [
            "run \(RunID(summary.runID)?.short ?? summary.runID)\(more)",
            DurationText.text(UInt64(max(0, summary.duration))), workers,
        ]
        // The name and the verdict always, of the name eight columns at least; of the rest first the duration.
        let room = (width ?? .max) - verdict.count - 11
        for place in [0, 1] where parts.reduce(0, { $0 + 3 + DisplayWidth.of($1) }) > room { parts.remove(at: place) }
        let rest = parts.map { "   " + $0 }.joined()
        let name = summary.name.isEmpty ? "run" : summary.name
        let left = (width ?? .max) - DisplayWidth.of(rest) - verdict.count - 3
        var line = StyledLine(DisplayText.cut(name, to: left) + rest, .strong)
        line.append("  ")
        line.appendRight(verdict, endingAt: column, summary.verdict == .pass ? .good : .bad)
        return line
    }

    private func scenario(_ name: String, _ figures: ScenarioFigures, _ flow: TextFlow) -> [StyledLine] {
        let counts = figures.metrics.counts
        let planned = figures.planTotal.map { $0 != counts.planned ? " of \(TextColumns.grouped($0))" : "" } ?? ""
        var lines = flow.lines(
            StyledLine(DisplayText.cut(name, to: width ?? .max)),
            [
                TextFlow.Piece("planned \(TextColumns.grouped(counts.planned))\(planned)"),
                TextFlow.Piece("started \(TextColumns.grouped(counts.started))"),
                TextFlow.Piece("completed \(TextColumns.grouped(counts.completed))"),
                TextFlow.Piece("dropped \(TextColumns.grouped(counts.dropped))"),
                TextFlow.Piece("in flight \(TextColumns.grouped(counts.inFlight))"),
            ])
        // In one line or in one each: a list of failures that begins behind the rate is hard to find.
        let together = flow.lines(StyledLine(), rate(figures) + failures(counts))
        lines +=
            together.count == 1
            ? together : flow.lines(StyledLine(), rate(figures)) + flow.lines(StyledLine(), failures(counts))
        guard counts.completed > 0 else { return lines }
        var rows = [("response", figures.metrics.responseTime), ("service", figures.metrics.serviceTime)]
        if figures.isOpen { rows.append(("lag", figures.metrics.lag)) }
        return lines + percentiles(rows, flow)
    }

    private func percentiles(_ rows: [(String, Histogram)], _ flow: TextFlow) -> [StyledLine] {
        let (columns, size) = TextColumns.percentiles(fitting: width.map { $0 - flow.indent - label })
        var header = StyledLine()
        header.pad(to: flow.indent + label)
        header.append(columns.map { TextColumns.right($0.name, size) }.joined())
        return [header]
            + rows.map { name, histogram in
                var line = StyledLine()
                line.pad(to: flow.indent)
                line.append(TextColumns.left(name, label))
                for (index, column) in columns.enumerated() {
                    let text = DurationText.text(column.value(of: histogram))
                    line.appendRight(text, endingAt: flow.indent + label + (index + 1) * size)
                }
                return line
            }
    }

    private func rate(_ figures: ScenarioFigures) -> [TextFlow.Piece] {
        let achieved = TextColumns.rate(figures.achievedRate)
        guard figures.isOpen else {
            return [TextFlow.Piece("rate \(achieved)/s, as fast as completions allow")]
        }
        let drift = Percent.text(figures.drift, signed: true)
        return [
            TextFlow.Piece("rate \(achieved)/s of \(TextColumns.rate(figures.targetRate))/s"),
            TextFlow.Piece("(drift \(drift))", gap: 1),
        ]
    }

    private func failures(_ counts: ScenarioCounts) -> [TextFlow.Piece] {
        guard counts.failed > 0 else { return [TextFlow.Piece("failed 0")] }
        let share = Percent.text(Double(counts.failed) / Double(max(1, counts.completed)))
        let items = TextColumns.failures(counts)
        return [TextFlow.Piece("failed \(TextColumns.grouped(counts.failed)) (\(share)):", .bad)]
            + items.enumerated().map { index, item in
                TextFlow.Piece(index < items.count - 1 ? "\(item)," : item, .bad, gap: 1)
            }
    }

    private func workers(_ flow: TextFlow) -> [StyledLine] {
        summary.sources.enumerated().flatMap { index, source in
            let counts = source.figures.metrics.counts
            let emphasis: StyledLine.Emphasis = source.isComplete ? .plain : .bad
            let missing = source.gaps > 0 ? "\(source.gaps) lines missing" : "its end is missing"
            let state = source.isComplete ? "complete" : "incomplete, \(missing)"
            let twice = source.duplicates > 0 ? ", \(source.duplicates) duplicate lines left out" : ""
            return flow.lines(
                StyledLine(index == 0 ? "workers" : ""),
                [
                    TextFlow.Piece(source.key.source, emphasis),
                    TextFlow.Piece("started \(TextColumns.grouped(counts.started))", emphasis),
                    TextFlow.Piece("completed \(TextColumns.grouped(counts.completed))", emphasis),
                    TextFlow.Piece(state + twice, emphasis),
                ])
        }
    }

    private func honesty(_ flow: TextFlow) -> [StyledLine] {
        let inner = TextFlow(indent: flow.indent + 4, width: width)
        return summary.honesty.reasons.enumerated().flatMap { index, reason in
            var lead = StyledLine(index == 0 ? "honesty" : "")
            if index == 0 {
                lead.pad(to: flow.indent)
                lead.append(summary.honesty.grade.rawValue, summary.honesty.grade <= .b ? .good : .bad)
            }
            return inner.lines(lead, TextFlow.words(reason))
        }
    }
}
