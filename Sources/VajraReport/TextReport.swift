// SPDX-License-Identifier: Apache-2.0

package import VajraAggregate
import VajraMetrics
import VajraModel
import VajraWire

/// The report as people read it: the facts of the JSON summary on one screen.
package struct TextReport {
    private let style: TextStyle
    private let summary: Summary

    /// The report of a summary, in colour or not.
    package init(_ summary: Summary, style: TextStyle) {
        self.summary = summary
        self.style = style
    }

    /// All lines, each with its newline.
    package var text: String {
        var lines = [headline]
        let width = max(10, (summary.scenarios.map(\.name.count).max() ?? 0) + 1)
        for (name, figures) in summary.scenarios { lines += scenario(name, figures, width: width) }
        if summary.sources.count > 1 { lines += workers(width: width) }
        lines += honesty(width: width)
        lines += ThresholdText.lines(summary.thresholds, margin: width + 1, style: style)
        for problem in summary.problems { lines.append(style.red(TextColumns.left("problem", width) + problem)) }
        return lines.map { $0 + "\n" }.joined()
    }

    private var headline: String {
        let name = summary.name.isEmpty ? "run" : summary.name
        let workers = summary.sources.count == 1 ? "1 worker" : "\(summary.sources.count) workers"
        var parts = [name, "run \(RunID(summary.runID)?.short ?? summary.runID)"]
        if summary.runCount > 1 { parts[1] += " and \(summary.runCount - 1) more" }
        parts += [DurationText.text(UInt64(max(0, summary.duration))), workers]
        let left = parts.joined(separator: "   ")
        let verdict = summary.verdict.rawValue.uppercased()
        let gap = String(repeating: " ", count: max(3, 99 - left.count - verdict.count))
        return style.bold(left) + gap + (summary.verdict == .pass ? style.green(verdict) : style.red(verdict))
    }

    private func scenario(_ name: String, _ figures: ScenarioFigures, width: Int) -> [String] {
        let counts = figures.metrics.counts
        let indent = TextColumns.left("", width)
        let planned = figures.planTotal.map { $0 != counts.planned ? " of \(TextColumns.grouped($0))" : "" } ?? ""
        var lines = [
            TextColumns.left(name, width)
                + "planned \(TextColumns.grouped(counts.planned))\(planned)"
                + "   started \(TextColumns.grouped(counts.started))"
                + "   completed \(TextColumns.grouped(counts.completed))"
                + "   dropped \(TextColumns.grouped(counts.dropped))   in flight \(TextColumns.grouped(counts.inFlight))",
            indent + rate(figures) + "   " + failures(counts),
        ]
        if counts.completed > 0 {
            lines.append(indent + TextColumns.percentileHeader)
            lines.append(indent + TextColumns.percentiles("response", figures.metrics.responseTime))
            lines.append(indent + TextColumns.percentiles("service", figures.metrics.serviceTime))
            if figures.isOpen { lines.append(indent + TextColumns.percentiles("lag", figures.metrics.lag)) }
        }
        return lines
    }

    private func rate(_ figures: ScenarioFigures) -> String {
        let achieved = TextColumns.rate(figures.achievedRate)
        guard figures.isOpen else { return "rate \(achieved)/s, as fast as completions allow" }
        let drift = Percent.text(figures.drift, signed: true)
        return "rate \(achieved)/s of \(TextColumns.rate(figures.targetRate))/s (drift \(drift))"
    }

    private func failures(_ counts: ScenarioCounts) -> String {
        guard counts.failed > 0 else { return "failed 0" }
        let share = Percent.text(Double(counts.failed) / Double(max(1, counts.completed)))
        var kinds: [String] = []
        for (kind, count) in counts.failures.sorted.sorted(by: { ($1.count, $0.name) < ($0.count, $1.name) }) {
            kinds += statuses(of: kind, count, counts) ?? ["\(TextColumns.grouped(count)) \(kind)"]
        }
        let all = kinds.joined(separator: ", ")
        return style.red("failed \(TextColumns.grouped(counts.failed)) (\(share)): \(all)")
    }

    /// The failures of the kind `status` by their codes, when the error codes account for just these.
    private func statuses(of kind: String, _ count: UInt64, _ counts: ScenarioCounts) -> [String]? {
        let errors = counts.statuses.sorted.filter { Int($0.name).map { $0 >= 400 } ?? false }
        guard kind == "status", errors.reduce(0, { $0 &+ $1.count }) == count else { return nil }
        return errors.map { "\(TextColumns.grouped($0.count)) status \($0.name)" }
    }

    private func workers(width: Int) -> [String] {
        summary.sources.enumerated().map { index, source in
            let counts = source.figures.metrics.counts
            let missing = source.gaps > 0 ? "\(source.gaps) lines missing" : "its end is missing"
            let state = source.isComplete ? "complete" : "incomplete, \(missing)"
            let text =
                "\(source.key.source)   started \(TextColumns.grouped(counts.started))"
                + "   completed \(TextColumns.grouped(counts.completed))   \(state)"
                + (source.duplicates > 0 ? ", \(source.duplicates) duplicate lines left out" : "")
            return TextColumns.left(index == 0 ? "workers" : "", width) + (source.isComplete ? text : style.red(text))
        }
    }

    private func honesty(width: Int) -> [String] {
        let grade = summary.honesty.grade.rawValue
        let mark = summary.honesty.grade <= .b ? style.green(grade) : style.red(grade)
        return summary.honesty.reasons.enumerated().map { index, reason in
            TextColumns.left(index == 0 ? "honesty" : "", width) + (index == 0 ? mark : " ") + "   " + reason
        }
    }
}
