// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel

/// Numbers and columns of the text report and of the live view.
package enum TextColumns {
    /// One column of percentiles; a quantile of 1 is the maximum, 0 the minimum, and none the mean.
    struct Column {
        let name: String
        let quantile: Double?

        func value(of histogram: Histogram) -> UInt64 {
            guard let quantile else { return UInt64(histogram.mean.rounded()) }
            return quantile == 1 ? histogram.max : histogram.value(atQuantile: quantile)
        }
    }

    private static let all = [
        Column(name: "min", quantile: 0), Column(name: "mean", quantile: nil), Column(name: "p50", quantile: 0.5),
        Column(name: "p90", quantile: 0.9), Column(name: "p95", quantile: 0.95),
        Column(name: "p99", quantile: 0.99), Column(name: "p99.9", quantile: 0.999),
        Column(name: "p99.99", quantile: 0.9999), Column(name: "max", quantile: 1),
    ]

    /// The order in which columns are left out when there is no room for all; p50 and the maximum stay.
    private static let dispensable = ["min", "mean", "p95", "p90", "p99.99", "p99.9", "p99"]

    /// The columns that fit into `room`, and how wide each is: 10 where possible, 8 at least.
    static func percentiles(fitting room: Int?) -> (columns: [Column], width: Int) {
        var columns = all
        var rest = dispensable[...]
        while true {
            for width in [10, 9, 8] where columns.count * width <= room ?? .max { return (columns, width) }
            guard let next = rest.popFirst() else { return (columns, 8) }
            columns.removeAll { $0.name == next }
        }
    }

    /// The columns of these names, in the order of their quantiles.
    static func columns(named names: [String]) -> [Column] {
        all.filter { names.contains($0.name) }
    }

    package static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    }

    static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - DisplayWidth.of(text))) + text
    }

    /// Thousands apart, as `1 350 000`.
    package static func grouped(_ number: UInt64) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(" ") }
            text.append(digit)
        }
        return text
    }

    /// Iterations per second: one decimal unless it is a whole number; a dash for what is no number.
    package static func rate(_ perSecond: Double) -> String {
        guard perSecond.isFinite else { return "–" }
        let tenths = FixedDecimal.text(perSecond, digits: 1)
        let fraction = tenths.suffix(2)
        let whole = grouped(UInt64(tenths.dropLast(2)) ?? UInt64(max(0, min(perSecond, 1e12))))
        return fraction == ".0" ? whole : whole + fraction
    }

    /// Bytes per second in decimal units: `1.35 MB/s`.
    static func bytes(perSecond: Double) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = perSecond.isFinite ? max(0, perSecond) : 0
        var unit = 0
        // A value that would round to 1000 of a unit becomes 1.00 of the next.
        while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        let digits = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
        return "\(FixedDecimal.text(value, digits: digits)) \(units[unit])/s"
    }

    /// Statuses and counts of the answers that are not listed as failures, the most frequent first. If there are many,
    /// the rest is one count.
    static func answers(_ counts: ScenarioCounts) -> [String] {
        let failed = counts.failures.sorted.first { $0.name == "status" }?.count ?? 0
        let named = errors(counts, amountTo: failed).map { $0.map(\.name) } ?? []
        let sorted = counts.statuses.sorted.filter { !named.contains($0.name) }
            .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
        let rest = sorted.dropFirst(5).reduce(0) { $0 &+ $1.count }
        return sorted.prefix(5).map { "\(grouped($0.count)) status \($0.name)" }
            + (rest > 0 ? ["\(grouped(rest)) others"] : [])
    }

    /// Failure kinds and counts, the most frequent first.
    static func failures(_ counts: ScenarioCounts) -> [String] {
        counts.failures.sorted.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.flatMap { kind, count in
            statuses(of: kind, count, counts) ?? ["\(grouped(count)) \(kind)"]
        }
    }

    /// The failures of the kind `status` by their codes, if the error codes add up to exactly these.
    private static func statuses(of kind: String, _ count: UInt64, _ counts: ScenarioCounts) -> [String]? {
        guard kind == "status" else { return nil }
        return errors(counts, amountTo: count)?.map { "\(grouped($0.count)) status \($0.name)" }
    }

    private static func errors(
        _ counts: ScenarioCounts, amountTo count: UInt64
    ) -> [(name: String, count: UInt64)]? {
        let errors = counts.statuses.sorted.filter { Int($0.name).map { $0 >= 400 } ?? false }
        return errors.reduce(0, { $0 &+ $1.count }) == count ? errors : nil
    }
}
