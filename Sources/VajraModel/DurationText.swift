// SPDX-License-Identifier: Apache-2.0

/// Durations as people read them: three digits and the unit that fits.
package enum DurationText {
    /// A length in nanoseconds, such as `412 µs`, `1.30 ms`, `2.04 s`; from 100 s on in minutes and seconds.
    package static func text(_ nanoseconds: UInt64) -> String {
        if nanoseconds < 1000 { return "\(nanoseconds) ns" }
        for (unit, name) in [(1e3, "µs"), (1e6, "ms"), (1e9, "s")] {
            let value = Double(nanoseconds) / unit
            // 999.5 and more would round to 1000 of this unit, which is 1.00 of the next.
            if value < 999.5, unit < 1e9 || value < 99.95 { return "\(threeDigits(value)) \(name)" }
        }
        let seconds = (nanoseconds + 500_000_000) / 1_000_000_000
        if seconds < 3600 { return "\(seconds / 60) m \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds % 3600 / 60) m"
    }

    private static func threeDigits(_ value: Double) -> String {
        if value < 9.995 { return FixedDecimal.text(value, digits: 2) }
        if value < 99.95 { return FixedDecimal.text(value, digits: 1) }
        return FixedDecimal.text(value, digits: 0)
    }
}

/// A share as people read it.
package enum Percent {
    /// A share of 1 in per cent: `31 %`, `2.4 %`, `0.001 %`; `signed` adds the sign.
    package static func text(_ share: Double, signed: Bool = false) -> String {
        let value = abs(share * 100)
        let digits = value == 0 || value >= 9.95 ? 0 : value >= 0.995 ? 1 : 3
        let number = FixedDecimal.text(value, digits: digits)
        let isZero = number.allSatisfy { $0 == "0" || $0 == "." }
        let sign = !signed || isZero ? "" : share < 0 ? "−" : "+"
        return "\(sign)\(isZero ? "0" : number) %"
    }
}

/// Decimal fractions of a fixed number of digits, without Foundation.
package enum FixedDecimal {
    /// The value rounded to `digits` (0 to 6) places, ties to even; values are clamped to ±10¹².
    package static func text(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return "–" }
        let scale = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000][min(max(digits, 0), 6)]
        let scaled = Int64((min(max(value, -1e12), 1e12) * scale).rounded(.toNearestOrEven))
        let magnitude = scaled.magnitude
        let sign = scaled < 0 ? "-" : ""
        guard digits > 0 else { return sign + String(magnitude) }
        let fraction = String(magnitude % UInt64(scale))
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return "\(sign)\(magnitude / UInt64(scale)).\(zeros)\(fraction)"
    }
}
