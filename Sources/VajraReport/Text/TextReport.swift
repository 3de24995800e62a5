// SPDX-License-Identifier: Apache-2.0

package import VajraAggregate
import VajraMetrics
import VajraModel
import VajraWire

/// The report as people read it: the facts of the JSON summary on one screen.
package struct TextReport {
    let summary: Summary
    private let style: TextStyle
    let width: Int?

    /// - Parameter width: The terminal's columns; nil without a limit, as in a file.
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
        lines += context(flow)
        for (name, figures) in summary.scenarios { lines += scenario(name, figures, flow) }
        if summary.scenarios.count > 1 { lines += scenario("total", summary.total, isTotal: true, flow) }
        if summary.sources.count > 1 { lines += sources(flow) }
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
        let sources = summary.sources.count == 1 ? "1 source" : "\(summary.sources.count) sources"
        let more = summary.runCount > 1 ? " and \(summary.runCount - 1) more" : ""
        let column = min(width ?? 99, 99)
        var parts = [
            "run \(RunID(summary.runID)?.short ?? summary.runID)\(more)",
            DurationText.text(UInt64(max(0, summary.duration))), sources,
        ]
        // The name (at least eight columns) and the verdict always fit; the duration comes next.
        let room = (width ?? .max) - verdict.count - 11
        for index in [0, 1] where parts.reduce(0, { $0 + 3 + DisplayWidth.of($1) }) > room { parts.remove(at: index) }
        let rest = parts.map { "   " + $0 }.joined()
        let name = summary.name.isEmpty ? "run" : summary.name
        let left = (width ?? .max) - DisplayWidth.of(rest) - verdict.count - 3
        var line = StyledLine(DisplayText.name(name, cutTo: left) + rest, .strong)
        line.append("  ")
        line.appendRight(verdict, endingAt: column, summary.verdict == .pass ? .good : .bad)
        return line
    }

    /// When, where and with what the figures were taken.
    private func context(_ flow: TextFlow) -> [StyledLine] {
        let context = summary.context
        var pieces: [String] = []
        if let start = context.startUnixMicroseconds { pieces.append(InstantText.text(unixMicroseconds: start)) }
        if !context.hosts.isEmpty { pieces.append("on \(TextReport.some(context.hosts))") }
        if !context.tools.isEmpty { pieces.append(TextReport.some(context.tools)) }
        pieces += context.labels.map { "\($0.name)=\($0.values.joined(separator: ","))" }
        guard !pieces.isEmpty else { return [] }
        return flow.lines(StyledLine(), pieces.map { TextFlow.Piece(cut($0, flow)) })
    }

    /// A piece that fits after the indentation.
    func cut(_ text: String, _ flow: TextFlow) -> String {
        DisplayText.name(text, cutTo: (width ?? .max) - flow.indent)
    }

    /// The first of some words, and how many more there are.
    static func some(_ words: [String]) -> String {
        let rest = words.count > 3 ? " and \(words.count - 2) more" : ""
        return words.prefix(words.count > 3 ? 2 : 3).joined(separator: ", ") + rest
    }

    private func sources(_ flow: TextFlow) -> [StyledLine] {
        summary.sources.enumerated().flatMap { index, source in
            let counts = source.figures.metrics.counts
            let emphasis: StyledLine.Emphasis = source.isComplete ? .plain : .bad
            let missing = source.gaps > 0 ? "\(source.gaps) lines missing" : "its end is missing"
            let state = source.isComplete ? "complete" : "incomplete, \(missing)"
            let twice = source.duplicates > 0 ? ", \(source.duplicates) duplicate lines left out" : ""
            return flow.lines(
                StyledLine(index == 0 ? "sources" : ""),
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
