// SPDX-License-Identifier: Apache-2.0

/// A row of values as bars of eighths, from 0 to the largest of them, so that noise looks like noise and a spike like
/// one.
enum Sparkline {
    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The last `width` values, the newest at the right; a space where there is none.
    static func text(_ values: [UInt64?], width: Int) -> String {
        let shown = values.suffix(max(0, width))
        let top = shown.compactMap(\.self).max() ?? 0
        return String(
            shown.map { value -> Character in
                guard let value else { return " " }
                guard top > 0 else { return bars[0] }
                return bars[min(7, Int(Double(value) / Double(top) * 8))]
            })
    }
}

/// The share of a plan that is over, as a thin line: the figures below it matter more.
enum ProgressBar {
    /// A line of `width` columns for a share of 0 to 1, exact to half a column.
    static func text(_ share: Double, width: Int) -> String {
        let halves = Int((min(1, max(0, share)) * Double(width * 2)).rounded(.down))
        let bar = String(repeating: "━", count: halves / 2) + (halves % 2 == 1 ? "╸" : "")
        return bar + String(repeating: "┈", count: max(0, width - bar.count))
    }
}
