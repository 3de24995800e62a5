// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel

/// Lays the live figures out for a terminal of a size. Pure.
///
/// Every figure stays in the same position from frame to frame. What does not fit is left out, the least important
/// first: a table replaces the blocks of single scenarios, and one line replaces the table.
package struct LiveScreen: Sendable {
    /// The columns that are used. The last one stays free: on some terminals, erasing the rest of a line also erases a
    /// character in the last column.
    let width: Int
    private let rows: Int

    /// The layout for a terminal of this size.
    package init(columns: Int, rows: Int) {
        width = max(1, columns - 1)
        self.rows = rows
    }

    /// At most one row less than the terminal has, because the cursor rests below the last line.
    package func lines(of figures: LiveFigures) -> [StyledLine] {
        let room = max(1, rows - 1)
        let (head, details, brief) = (head(figures), details(figures), briefThresholds(figures))
        var lines = head + details + thresholds(figures)
        if lines.count > room { lines = head + details + brief }
        if lines.count > room { lines = head + table(figures, room: room - 3 - brief.count) + brief }
        if lines.count > room { lines = self.brief(figures) }
        return lines.prefix(room).map { $0.cut(to: width) }
    }

    /// As many of the figures as fit into one line of plain text, for terminals that cannot redraw.
    package func plainLine(of figures: LiveFigures) -> String {
        var line = StyledLine()
        for piece in LiveScreen.pieces(of: figures) {
            if line.width + 2 + piece.line.width > width { break }
            if line.width > 0 { line.append("  ") }
            line.append(piece.line)
        }
        return line.text(TextStyle(isColoured: false))
    }

    // MARK: Head

    /// Which run it is, how far it is, and an empty line.
    private func head(_ figures: LiveFigures) -> [StyledLine] {
        let (stage, emphasis) = LiveScreen.stage(of: figures, isWide: width >= 60)
        // The longest text that fits between the name and the stage.
        let facts = LiveScreen.facts(figures).first { 8 + DisplayWidth.of($0) + stage.count + 3 <= width } ?? ""
        let name = figures.name.isEmpty ? "run" : figures.name
        let room = width - DisplayWidth.of(facts) - stage.count - 3
        var line = StyledLine(DisplayText.name(name, cutTo: max(8, room)), .strong)
        line.append(facts)
        line.append("  ")
        line.appendRight(stage, endingAt: width, emphasis)
        return [line, progress(figures), StyledLine()]
    }

    /// Which run it is, how many sources it has, and how many messages, as much as there may be room for.
    private static func facts(_ figures: LiveFigures) -> [String] {
        let id = "   run \(RunID(figures.runID)?.short ?? figures.runID)"
        let sources = figures.sources > 1 ? "   \(figures.sources) sources" : ""
        let messages = figures.messages == 0 ? "" : "   \(figures.messages) message\(figures.messages > 1 ? "s" : "")"
        return [id + sources + messages, id + sources, id]
    }

    private func progress(_ figures: LiveFigures) -> StyledLine {
        guard let share = figures.progress else { return StyledLine(LiveScreen.time(of: figures)) }
        let text = "   \(LiveScreen.time(of: figures))"
        // Room for the longest text, `   100 %   59 m 59 s of 1 h 30 m`, so that the bar keeps its length.
        let reserved = (figures.plannedTime < 60_000_000_000 ? 19 : 24) + ClockText.text(figures.plannedTime).count
        return StyledLine(ProgressBar.text(share, width: max(4, width - reserved)) + text)
    }

    /// `48 %   1 m 12 s of 2 m 30 s`.
    private static func time(of figures: LiveFigures) -> String {
        let elapsed = ClockText.text(min(figures.elapsed, figures.plannedTime > 0 ? figures.plannedTime : .max))
        guard let share = figures.progress else { return "\(elapsed) so far" }
        let percent = TextColumns.right(String(Int(share * 100)), 3)
        return "\(percent) %   \(elapsed) of \(ClockText.text(figures.plannedTime))"
    }

    /// - Parameter isWide: Whether there is room to say what a second Ctrl-C does.
    private static func stage(of figures: LiveFigures, isWide: Bool) -> (String, StyledLine.Emphasis) {
        if figures.silence > 0 { return ("nothing for \(ClockText.text(figures.silence))", .bad) }
        switch figures.stage {
        case .running where figures.sourcesEnded > 0:
            return ("\(figures.sourcesEnded) of \(figures.sources) sources done", .plain)
        case .running: return ("running", .plain)
        case .stopping:
            let left = (figures.drain ?? 0) - figures.sinceStop
            let time = left > 0 ? ", at most \(ClockText.text(left + 999_999_999)) left" : ""
            return ("stopping\(time)\(isWide ? "; Ctrl-C again ends now" : "")", .strong)
        case .draining(0): return ("plan done", .plain)
        case .draining(let count): return ("plan done, waiting for \(TextColumns.grouped(count))", .plain)
        case .ended: return ("done", .plain)
        }
    }

    // MARK: The shortest form

    /// The figures that matter most, on as few lines as they fit.
    private func brief(_ figures: LiveFigures) -> [StyledLine] {
        TextFlow(indent: 0, width: width).lines(StyledLine(), LiveScreen.pieces(of: figures))
    }

    private static func pieces(of figures: LiveFigures) -> [TextFlow.Piece] {
        let total = figures.total
        let percent = figures.progress.map { " (\(Int($0 * 100)) %)" } ?? ""
        let plan = figures.plannedTime > 0 ? " of \(ClockText.text(figures.plannedTime))" : ""
        var rates = (achieved: 0.0, target: 0.0)
        var response = Histogram()
        var lag = Histogram()
        for scenario in figures.scenarios {
            guard let last = scenario.last else { continue }
            rates.achieved += last.achievedRate
            rates.target += last.targetRate
            response.merge(last.responseTime)
            lag.merge(last.lag)
        }
        let (stage, emphasis) = stage(of: figures, isWide: false)
        var pieces = [
            TextFlow.Piece("\(ClockText.text(figures.elapsed))\(plan)\(percent)"),
            TextFlow.Piece("rate \(rate(rates.achieved, of: rates.target))"),
            failed(total),
            TextFlow.Piece("in flight \(TextColumns.grouped(figures.inFlight))"),
            TextFlow.Piece("p99 \(percentile(response, 0.99))"),
            TextFlow.Piece("lag p99 \(percentile(lag, 0.99))"),
            started(total, of: figures.planTotal),
        ]
        if stage != "running" { pieces.insert(TextFlow.Piece(stage, emphasis), at: 1) }
        return pieces
    }
}
