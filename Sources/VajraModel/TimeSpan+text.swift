// SPDX-License-Identifier: Apache-2.0

// A length has one part or several. Units go from large to small, and only the last part may have a fraction:
//
//     1h30m    1m30.5s    250ms    1.5s    10us    10µs    5ns    0s    200 ms    1 m 30 s

extension TimeSpan {
    private static let remedy = "a length must be written like 250ms, 1m30s or 2h"

    /// How many nanoseconds a unit has, or nil for an unknown one: h, m, s, ms, us, µs (either Unicode mu), ns.
    static func nanoseconds(in unit: String) -> UInt64? {
        switch unit {
        case "h": 3_600_000_000_000
        case "m": 60_000_000_000
        case "s": 1_000_000_000
        case "ms": 1_000_000
        case "us", "\u{B5}s", "\u{3BC}s": 1000
        case "ns": 1
        default: nil
        }
    }

    /// Reads a length such as `1m30s`. Refuses a bare number, a part below 1 ns and a sum above `max`.
    package init(parsing text: String) throws(UnitParseError) {
        var scanner = try UnitScanner(text, remedy: Self.remedy)
        var sum: UInt128 = 0
        var lastUnit = UInt64.max
        repeat {
            let begin = scanner.offset
            let number = try scanner.decimal()
            // As people write it, and as the report does: `200 ms`.
            _ = scanner.skip(UInt8(ascii: " "))
            let unitPlace = scanner.offset
            let word = scanner.word()
            guard !word.isEmpty else { throw scanner.fault(.missingUnit, "the number has no unit", at: unitPlace) }
            guard let unit = Self.nanoseconds(in: word) else {
                throw scanner.fault(.unknownUnit, "'\(word)' is not a unit of time", at: unitPlace)
            }
            guard unit < lastUnit else {
                throw scanner.fault(.wrongOrder, "units must go from the longest to the shortest", at: unitPlace)
            }
            guard number.fractionDigits == 0 || scanner.isAtEnd else {
                throw scanner.fault(.wrongOrder, "only the last part may have a fraction", at: begin)
            }
            guard let part = number.whole(times: unit) else {
                throw scanner.fault(.tooFine, "it is not a whole number of nanoseconds", at: begin)
            }
            sum += part
            guard sum <= UInt128(Int64.max) else {
                throw scanner.fault(.tooLarge, "it is longer than 292 years", at: begin)
            }
            lastUnit = unit
            if scanner.isAtSpaceBeforeDigit { _ = scanner.skip(UInt8(ascii: " ")) }
        } while scanner.isAtDigit
        try scanner.finish()
        self.init(nanoseconds: Int64(sum))
    }
}

extension TimeSpan: CustomStringConvertible {
    /// The canonical spelling, which parses back to the same length: `1h`, `1m30.5s`, `250ms`, `1.5us`, `0s`.
    package var description: String {
        let total = UInt64(nanoseconds)
        guard total > 0 else { return "0s" }
        switch total {
        case ..<1000: return "\(total)ns"
        case ..<1_000_000: return "\(ExactDecimal(digits: total, fractionDigits: 3))us"
        case ..<1_000_000_000: return "\(ExactDecimal(digits: total, fractionDigits: 6))ms"
        default: break
        }
        let (minutes, rest) = total.quotientAndRemainder(dividingBy: 60_000_000_000)
        let hours = minutes / 60
        return (hours > 0 ? "\(hours)h" : "")
            + (minutes % 60 > 0 ? "\(minutes % 60)m" : "")
            + (rest > 0 ? "\(ExactDecimal(digits: rest, fractionDigits: 9))s" : "")
    }
}
