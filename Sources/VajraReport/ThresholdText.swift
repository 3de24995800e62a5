// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraModel

/// Thresholds as people read them: `✓ browse.response_time.p99 < 250ms (4.81 ms)`.
enum ThresholdText {
    /// As wide as the report's other lines.
    private static let width = 99

    /// The results, as many on a line as fit, each line after its margin.
    static func lines(_ results: [ThresholdResult], margin: Int, style: TextStyle) -> [String] {
        var lines: [String] = []
        var taken = 0
        for result in results {
            let text = plain(result)
            let coloured = result.isPassed ? style.green("✓") + text : style.red("✗" + text)
            if lines.isEmpty || taken + text.count + 4 > width {
                lines.append(TextColumns.left(lines.isEmpty ? "thresholds" : "", margin) + coloured)
                taken = margin + text.count + 1
            } else {
                lines[lines.count - 1] += "   " + coloured
                taken += text.count + 4
            }
        }
        return lines
    }

    private static func plain(_ result: ThresholdResult) -> String {
        guard let actual = result.actual, let unit = result.threshold?.measure.unit else {
            return " \(result.expression) (\(result.reason))"
        }
        let figure =
            switch unit {
            case .nanoseconds: DurationText.text(UInt64(max(0, min(actual, 9e18))))
            case .share: Percent.text(actual)
            case .perSecond: "\(TextColumns.rate(actual))/s"
            case .count: TextColumns.grouped(UInt64(max(0, actual)))
            }
        return " \(result.expression) (\(figure))"
    }
}
