// SPDX-License-Identifier: Apache-2.0

/// A non-negative decimal number kept exactly: `digits` / 10^`fractionDigits`, so `2.50` is 250 / 10^2.
struct ExactDecimal: Equatable {
    /// More would overflow the 64-bit arithmetic that every unit ends in.
    static let mostFractionDigits = 18

    let digits: UInt64
    let fractionDigits: Int

    init(digits: UInt64, fractionDigits: Int) {
        self.digits = digits
        self.fractionDigits = fractionDigits
    }

    /// The decimal equal to `numerator` / `denominator`, or nil if its digits do not end or do not fit.
    init?(_ numerator: UInt128, over denominator: UInt128) {
        var (top, bottom) = reduced(numerator, denominator)
        var places = 0
        while bottom != 1 {
            let (shifted, overflow) = top.multipliedReportingOverflow(by: 10)
            guard !overflow, places < Self.mostFractionDigits else { return nil }
            (top, bottom) = reduced(shifted, bottom)
            places += 1
        }
        guard top <= UInt128(Int64.max) else { return nil }
        self.init(digits: UInt64(top), fractionDigits: places)
    }

    /// 10^`fractionDigits`.
    var scale: UInt64 { (0..<fractionDigits).reduce(1) { power, _ in power * 10 } }

    /// This number times `unit`, or nil if that is not whole. At most 2^63 × 2^64, so it cannot overflow.
    func whole(times unit: UInt64) -> UInt128? {
        let (quotient, rest) = (UInt128(digits) * UInt128(unit)).quotientAndRemainder(dividingBy: UInt128(scale))
        return rest == 0 ? quotient : nil
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// The shortest exact spelling: no trailing zeros, no point without digits after it.
    var description: String {
        let (whole, fraction) = digits.quotientAndRemainder(dividingBy: scale)
        guard fraction > 0 else { return String(whole) }
        var places = String(fraction)
        places = String(repeating: "0", count: fractionDigits - places.utf8.count) + places
        while places.last == "0" { places.removeLast() }
        return "\(whole).\(places)"
    }
}

/// The fraction in lowest terms; zero becomes 0/1. The denominator must not be zero.
func reduced(_ numerator: UInt128, _ denominator: UInt128) -> (numerator: UInt128, denominator: UInt128) {
    var (divisor, rest) = (denominator, numerator)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    return (numerator / divisor, denominator / divisor)
}
