// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraModel

/// Thresholds as people read them: `✓ browse.response_time.p99 < 250ms (4.81 ms)`.
enum ThresholdText {
    /// The results; each stays on one line.
    static func pieces(_ results: [ThresholdResult]) -> [TextFlow.Piece] {
        results.map { TextFlow.Piece(line($0)) }
    }

    /// One result. While the run goes on, a threshold without a figure is not missed yet.
    static func line(_ result: ThresholdResult, soFar: Bool = false) -> StyledLine {
        if soFar, result.actual == nil { return StyledLine("· \(result.expression) (–)") }
        var line = StyledLine(result.isPassed ? "✓" : "✗", result.isPassed ? .good : .bad)
        line.append(" " + plain(result), result.isPassed ? .plain : .bad)
        return line
    }

    /// Such as `response_time.p99 < 250ms (4.81 ms)`.
    static func plain(_ result: ThresholdResult) -> String {
        guard let actual = result.actual, let unit = result.threshold?.measure.unit else {
            return "\(result.expression) (\(result.reason))"
        }
        let figure =
            switch unit {
            case .nanoseconds: DurationText.text(UInt64(max(0, min(actual, 9e18))))
            case .share: Percent.text(actual)
            case .perSecond: "\(TextColumns.rate(actual))/s"
            case .count: TextColumns.grouped(UInt64(max(0, actual)))
            }
        return "\(result.expression) (\(figure))"
    }
}
