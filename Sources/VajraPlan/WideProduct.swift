// SPDX-License-Identifier: Apache-2.0

/// The exact 192-bit product of a 128-bit and a 64-bit number, for ramps: arrivals times time squared exceeds 128 bits.
struct WideProduct: Equatable {
    let high: UInt64
    let low: UInt128

    @inline(__always)
    init(_ wide: UInt128, _ narrow: UInt64) {
        let lower = UInt64(truncatingIfNeeded: wide).multipliedFullWidth(by: narrow)
        let upper = UInt64(truncatingIfNeeded: wide >> 64).multipliedFullWidth(by: narrow)
        let (middle, carry) = lower.high.addingReportingOverflow(upper.low)
        high = upper.high &+ (carry ? 1 : 0)
        low = UInt128(middle) << 64 | UInt128(lower.low)
    }

    @inline(__always)
    static func <= (left: WideProduct, right: WideProduct) -> Bool {
        left.high < right.high || (left.high == right.high && left.low <= right.low)
    }

    /// The product over `divisor`, rounded up; the quotient must be below 2^127.
    func dividedRoundingUp(by divisor: UInt64) -> UInt128 {
        let top = high % divisor
        let upper = divisor.dividingFullWidth((top, UInt64(truncatingIfNeeded: low >> 64)))
        let lower = divisor.dividingFullWidth((upper.remainder, UInt64(truncatingIfNeeded: low)))
        return (UInt128(upper.quotient) << 64 | UInt128(lower.quotient)) + (lower.remainder > 0 ? 1 : 0)
    }
}
