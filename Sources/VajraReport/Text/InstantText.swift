// SPDX-License-Identifier: Apache-2.0

/// Instants as people read them, in UTC: `2026-11-27 07:05:12 UTC`.
enum InstantText {
    static func text(unixMicroseconds: Int64) -> String {
        let seconds = floored(unixMicroseconds, 1_000_000).quotient
        let (days, second) = floored(seconds, 86_400)
        let (year, month, day) = date(days)
        let time = [second / 3600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
        return "\(year)-\(two(month))-\(two(day)) \(time) UTC"
    }

    /// The date this many days after 1970-01-01, in the proleptic Gregorian calendar.
    ///
    /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`. The year begins in
    /// March there, so that a leap day is its last.
    private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floored(days + 719_468, 146_097)
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isNextYear = month >= 10
        return (
            year + era * 400 + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    private static func floored(_ number: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
