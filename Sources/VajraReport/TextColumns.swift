// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel

/// Numbers and columns of the text report.
enum TextColumns {
    private static let quantiles = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999]
    private static let names = ["p50", "p90", "p95", "p99", "p99.9", "p99.99", "max"]
    private static let column = 10

    static let percentileHeader = left("", column - 1) + names.map { right($0, column) }.joined()

    static func percentiles(_ name: String, _ histogram: Histogram) -> String {
        let values = quantiles.map { histogram.value(atQuantile: $0) } + [histogram.max]
        return left(name, column - 1) + values.map { right(DurationText.text($0), column) }.joined()
    }

    static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// Thousands apart, as `1 350 000`.
    static func grouped(_ number: UInt64) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(" ") }
            text.append(digit)
        }
        return text
    }

    /// Iterations per second: one decimal unless it is a whole number.
    static func rate(_ perSecond: Double) -> String {
        guard perSecond.isFinite else { return "–" }
        let tenths = FixedDecimal.text(perSecond, digits: 1)
        let whole = UInt64(max(0, min(perSecond, 1e12)))
        let fraction = tenths.suffix(2)
        let base = FixedDecimal.text(perSecond, digits: 1).dropLast(2)
        let grouping = grouped(UInt64(base) ?? whole)
        return fraction == ".0" ? grouping : grouping + fraction
    }
}
