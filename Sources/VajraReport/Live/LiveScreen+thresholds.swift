// SPDX-License-Identifier: Apache-2.0

import VajraAggregate

extension LiveScreen {
    /// Each threshold as it stands, below an empty line; nothing where there are none.
    func thresholds(_ figures: LiveFigures) -> [StyledLine] {
        guard !figures.thresholds.isEmpty else { return [] }
        // Reserves room for any figure, so that no threshold moves.
        let pieces = figures.thresholds.map { result in
            var line = ThresholdText.line(result, soFar: true)
            line.pad(to: DisplayWidth.of(result.expression) + 14)
            return TextFlow.Piece(line)
        }
        return [StyledLine()]
            + TextFlow(indent: width < 60 ? 2 : 11, width: width).lines(StyledLine("thresholds"), pieces)
    }

    /// The same in one line: how many are kept, and which are missed.
    func briefThresholds(_ figures: LiveFigures) -> [StyledLine] {
        guard !figures.thresholds.isEmpty else { return [] }
        let missed = figures.thresholds.filter { $0.actual != nil && !$0.isPassed }
        var line = StyledLine("thresholds: \(figures.thresholds.count(where: \.isPassed)) kept")
        if !missed.isEmpty {
            line.append(", \(missed.count) missed: ", .bad)
            for (number, result) in missed.enumerated() {
                if number > 0 { line.append("  ") }
                line.append(ThresholdText.line(result, soFar: true))
            }
        }
        return [line]
    }
}
