// SPDX-License-Identifier: Apache-2.0

/// Planned iterations per time, as an exact fraction in lowest terms; from 0 to 10^9/s (one a nanosecond).
///
/// `1M/h` is 1 iteration in 3 600 000 ns here, not 277.777…/s, so a plan never starts from a rounded rate.
package struct ArrivalRate: Hashable, Sendable {
    /// Iterations in each `period`, at least 0; without a common factor with the period's nanoseconds.
    package let iterations: Int64
    /// The time in which `iterations` are planned, at least 1 ns; 1 ns where the rate is zero.
    package let period: TimeSpan

    package static let zero = ArrivalRate(lowestTerms: 0, 1)

    /// Nil for a negative number of iterations, a period of zero, and a rate above 10^9/s.
    package init?(iterations: Int64, per period: TimeSpan) {
        guard iterations >= 0, iterations <= period.nanoseconds, period > .zero else { return nil }
        self.init(lowestTerms: UInt128(iterations), UInt128(period.nanoseconds))
    }

    /// A whole number of iterations per second; nil outside 0 to 10^9.
    package init?(perSecond iterations: Int64) {
        self.init(iterations: iterations, per: .seconds(1))
    }

    /// Iterations per second, rounded to a double (relative error below 2^-51).
    package var perSecond: Double { Double(iterations) / Double(period.nanoseconds) * 1e9 }

    /// Reduces the fraction; nil-free because callers have checked that the reduced terms fit signed 64 bits.
    init(lowestTerms numerator: UInt128, _ denominator: UInt128) {
        let (top, bottom) = reduced(numerator, denominator)
        iterations = Int64(top)
        period = TimeSpan(nanoseconds: Int64(bottom))
    }
}

extension ArrivalRate: Comparable {
    /// Whether the first is the lower rate, compared exactly.
    package static func < (lower: ArrivalRate, higher: ArrivalRate) -> Bool {
        Int128(lower.iterations) * Int128(higher.period.nanoseconds)
            < Int128(higher.iterations) * Int128(lower.period.nanoseconds)
    }
}
