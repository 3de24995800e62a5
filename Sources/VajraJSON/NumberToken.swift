// SPDX-License-Identifier: Apache-2.0

/// A number as written: `[-] significand × 10^exponent`.
///
///     -12.50e3    isNegative, significand 1250, exponent 1, hasFractionOrExponent
struct NumberToken {
    /// The index after its last byte.
    var end: Int
    var isNegative = false
    /// All its digits, as one integer; meaningless unless `isExact`.
    private(set) var significand: UInt64 = 0
    /// False once the digits exceed 64 bits.
    private(set) var isExact = true
    var exponent = 0
    var hasFractionOrExponent = false

    init(from start: Int) {
        end = start
    }

    /// Appends the digits from `end` on, moves `end` behind them, and returns how many they were.
    @inline(__always)
    mutating func appendDigits(_ base: UnsafeRawPointer, to limit: Int) -> Int {
        let start = end
        while end < limit {
            let digit = base.load(fromByteOffset: end, as: UInt8.self) &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            end &+= 1
            // Below 2^60 there is room for any further digit. This test costs less than an overflow report.
            if significand < 1 << 60 {
                significand = significand &* 10 &+ UInt64(digit)
            } else {
                let (product, carried) = significand.multipliedReportingOverflow(by: 10)
                let (sum, overflowed) = product.addingReportingOverflow(UInt64(digit))
                if carried || overflowed { isExact = false }
                significand = sum
            }
        }
        return end &- start
    }

    /// The size of the integer that the token is, its point and exponent worked out exactly: `1.50e2` is 150.
    ///
    /// Throws `.notAnInteger` for a fraction and `.integerOutOfRange` beyond 64 bits.
    func wholeMagnitude(at offset: Int) throws(JSONError) -> UInt64 {
        guard isExact else {
            throw JSONError(offset: offset, kind: hasFractionOrExponent ? .notAnInteger : .integerOutOfRange)
        }
        guard hasFractionOrExponent, significand != 0 else { return significand }
        var (whole, exponent) = (significand, exponent)
        while exponent < 0 {
            let (quotient, digit) = whole.quotientAndRemainder(dividingBy: 10)
            guard digit == 0 else { throw JSONError(offset: offset, kind: .notAnInteger) }
            (whole, exponent) = (quotient, exponent + 1)
        }
        while exponent > 0 {
            let (product, overflowed) = whole.multipliedReportingOverflow(by: 10)
            guard !overflowed else { throw JSONError(offset: offset, kind: .integerOutOfRange) }
            (whole, exponent) = (product, exponent - 1)
        }
        return whole
    }

    /// The nearest Double, if one multiplication or division of exact values gives it (Clinger, "How to Read Floating
    /// Point Numbers Accurately", 1990: both operands exact, one rounding); nil if it takes more than that.
    var quickDouble: Double? {
        guard isExact, significand <= 1 << 53, -22...22 ~= exponent else { return nil }
        let power = Self.exactPowersOfTen[abs(exponent)]
        let magnitude = exponent < 0 ? Double(significand) / power : Double(significand) * power
        return isNegative ? -magnitude : magnitude
    }

    /// 10^22 is the last power of ten that a double holds exactly.
    private static let exactPowersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}
