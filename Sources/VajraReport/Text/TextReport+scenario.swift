// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraMetrics
import VajraModel

extension TextReport {
    /// The label column of the table, one wider than its longest label.
    private static let label = 10

    /// One scenario's figures, or those of all together.
    func scenario(
        _ name: String, _ figures: ScenarioFigures, isTotal: Bool = false, _ flow: TextFlow
    ) -> [StyledLine] {
        let counts = figures.metrics.counts
        let plan = summary.context.plans[name] ?? Summary.Plan()
        let words = [plan.targets, plan.loads].filter { !$0.isEmpty }
            .map { TextFlow.Piece(cut(TextReport.some($0), flow)) }
        let lead = StyledLine(DisplayText.name(name, cutTo: width ?? .max), .strong)
        let planned = figures.planTotal.map { $0 != counts.planned ? " of \(TextColumns.grouped($0))" : "" } ?? ""
        var lines = words.isEmpty ? [] : flow.lines(lead, words)
        lines += flow.lines(
            words.isEmpty ? lead : StyledLine(),
            [
                TextFlow.Piece("planned \(TextColumns.grouped(counts.planned))\(planned)"),
                TextFlow.Piece("started \(TextColumns.grouped(counts.started))"),
                TextFlow.Piece("completed \(TextColumns.grouped(counts.completed))"),
                TextFlow.Piece("dropped \(TextColumns.grouped(counts.dropped))"),
                TextFlow.Piece("in flight \(TextColumns.grouped(counts.inFlight))"),
            ])
        let (speed, ends) = (rate(figures, isTotal: isTotal) + bytes(figures), answers(counts) + failures(counts))
        // On one line, or on one each: a list of failures that begins after the rate is hard to find.
        let together = flow.lines(StyledLine(), speed + ends)
        let isShort = together.count == 1 && together.allSatisfy { $0.width <= 99 }
        lines += isShort ? together : flow.lines(StyledLine(), speed) + flow.lines(StyledLine(), ends)
        guard counts.completed > 0 else { return lines }
        return lines + table(figures, flow)
    }

    private func table(_ figures: ScenarioFigures, _ flow: TextFlow) -> [StyledLine] {
        let metrics = figures.metrics
        let start = flow.indent + TextReport.label
        let (columns, size) = TextColumns.percentiles(fitting: (width ?? 99) - start)
        func row(_ name: String, _ texts: [String]) -> StyledLine {
            var line = StyledLine()
            line.pad(to: flow.indent)
            line.append(TextColumns.left(name, TextReport.label))
            for (index, text) in texts.enumerated() {
                line.appendRight(text, endingAt: start + (index + 1) * size)
            }
            return line
        }
        func times(_ name: String, _ histogram: Histogram) -> StyledLine {
            row(name, columns.map { DurationText.text($0.value(of: histogram)) })
        }
        var lines = [row("", columns.map(\.name)), times("response", metrics.responseTime)]
        lines.append(times("service", metrics.serviceTime))
        guard figures.isOpen else { return lines }
        lines.append(times("lag", metrics.lag))
        let shares = columns.map { column in
            column.quantile.flatMap { $0 > 0 ? figures.generatorShare(ofQuantile: $0) : nil }
        }
        guard shares.contains(where: { $0 != nil }) else { return lines }
        return lines + [row("generator", shares.map { $0.map { Percent.text($0.value) } ?? "" })]
    }

    private func rate(_ figures: ScenarioFigures, isTotal: Bool) -> [TextFlow.Piece] {
        let achieved = TextColumns.rate(figures.achievedRate)
        guard figures.isOpen else {
            // Some of all scenarios may have a plan.
            return [TextFlow.Piece("rate \(achieved)/s\(isTotal ? "" : ", as fast as completions allow")")]
        }
        let drift = Percent.text(figures.drift, signed: true)
        return [
            TextFlow.Piece("rate \(achieved)/s of \(TextColumns.rate(figures.targetRate))/s"),
            TextFlow.Piece("(drift \(drift))", gap: 1),
        ]
    }

    private func bytes(_ figures: ScenarioFigures) -> [TextFlow.Piece] {
        let counts = figures.metrics.counts
        guard counts.bytesSent > 0 || counts.bytesReceived > 0 else { return [] }
        return [
            TextFlow.Piece("sent \(TextColumns.bytes(perSecond: figures.bytesSentRate))"),
            TextFlow.Piece("received \(TextColumns.bytes(perSecond: figures.bytesReceivedRate))"),
        ]
    }

    private func answers(_ counts: ScenarioCounts) -> [TextFlow.Piece] {
        let items = TextColumns.answers(counts)
        return items.isEmpty ? [] : [TextFlow.Piece("answers:")] + TextReport.list(items, .plain)
    }

    private func failures(_ counts: ScenarioCounts) -> [TextFlow.Piece] {
        guard counts.failed > 0 else { return [TextFlow.Piece("failed 0")] }
        let share = Percent.text(Double(counts.failed) / Double(max(1, counts.completed)))
        return [TextFlow.Piece("failed \(TextColumns.grouped(counts.failed)) (\(share)):", .bad)]
            + TextReport.list(TextColumns.failures(counts), .bad)
    }

    private static func list(_ items: [String], _ emphasis: StyledLine.Emphasis) -> [TextFlow.Piece] {
        items.enumerated().map { index, item in
            TextFlow.Piece(index < items.count - 1 ? "\(item)," : item, emphasis, gap: 1)
        }
    }
}
