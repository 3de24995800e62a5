// SPDX-License-Identifier: Apache-2.0

/// A length of time in whole nanoseconds, from 0 to 2^63 − 1 (292 years); never a point in time, never negative.
package struct TimeSpan: Hashable, Sendable {
    /// The length in nanoseconds, from 0 to 2^63 − 1.
    package let nanoseconds: Int64

    package static let zero = TimeSpan(nanoseconds: 0)
    /// The longest length there is: 2^63 − 1 ns.
    package static let max = TimeSpan(nanoseconds: .max)

    /// A length in nanoseconds; a negative number gives zero.
    package init(nanoseconds: Int64) {
        self.nanoseconds = Swift.max(0, nanoseconds)
    }

    /// A length in milliseconds. A negative number gives zero, one that is too large gives `max`.
    package static func milliseconds(_ count: Int64) -> TimeSpan { TimeSpan(count, times: 1_000_000) }

    /// A length in seconds. A negative number gives zero, one that is too large gives `max`.
    package static func seconds(_ count: Int64) -> TimeSpan { TimeSpan(count, times: 1_000_000_000) }

    /// The length in seconds, rounded to the nearest double.
    package var inSeconds: Double { Double(nanoseconds) / 1e9 }

    private init(_ count: Int64, times unit: Int64) {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        self.init(nanoseconds: overflow ? (count < 0 ? 0 : .max) : product)
    }
}

extension TimeSpan: Comparable {
    package static func < (shorter: TimeSpan, longer: TimeSpan) -> Bool { shorter.nanoseconds < longer.nanoseconds }
}
