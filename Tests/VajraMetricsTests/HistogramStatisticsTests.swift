// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraMetrics

@Suite struct HistogramStatisticsTests {
    static let quantiles = [0.0001, 0.01, 0.1, 0.25, 0.5, 0.55, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1]

    @Test(arguments: Spread.allCases, [1, 2, 3, 100, 5000])
    func `a quantile is the value of its rank in the sorted sample, to three digits`(spread: Spread, count: Int) {
        let values = spread.values(count, seed: 42)
        let histogram = Histogram(values)
        let sorted = values.map { min($0, Histogram.highestTrackableValue) }.sorted()
        for q in Self.quantiles {
            // Ten-thousandths, so that the rank is exact in integers.
            let rank = (Int((q * 10_000).rounded()) * count + 9_999) / 10_000
            let exact = sorted[rank - 1]
            let estimate = histogram.value(atQuantile: q)
            #expect(estimate >= exact)
            #expect(Double(estimate - exact) <= Double(exact) / 1000, "q \(q) of \(count) values, \(spread)")
        }
    }

    static let ranks: [(Double, UInt64, String)] = [
        (0.0, 10, "the lowest value"),
        (0.2, 10, "exactly the first of five"),
        (0.21, 20, "just above it, so the second"),
        (0.5, 30, "the middle one"),
        (0.8, 40, "exactly the fourth"),
        (0.81, 50, "more than four of five are wanted: the last, though rounding would name the fourth"),
        (1.0, 50, "the highest value"),
        (-1.0, 10, "below the range"),
        (7.0, 50, "above the range"),
        (.infinity, 50, "far above the range"),
        (-.infinity, 10, "far below the range"),
        (.nan, 10, "not a number"),
        (.leastNonzeroMagnitude, 10, "the least share above nothing"),
    ]

    @Test(arguments: ranks)
    func `the rank of a quantile is rounded up`(q: Double, value: UInt64, story: String) {
        #expect(Histogram([10, 20, 30, 40, 50]).value(atQuantile: q) == value, "\(story)")
    }

    @Test func `a share that binary cannot hold does not reach into the next rank`() {
        #expect(Histogram(1...100).value(atQuantile: 0.55) == 55)
        #expect(Histogram(1...1000).value(atQuantile: 0.999) == 999)
    }

    @Test func `quantile 0 is the lowest value of its bucket and quantile 1 the highest`() {
        let histogram = Histogram([1_000_000])
        #expect(histogram.value(atQuantile: 0) == 999_936)
        #expect(histogram.value(atQuantile: 1) == 1_000_447)
        #expect(histogram.min == 999_936)
        #expect(histogram.max == 1_000_447)
    }

    @Test func `the mean takes the middle of each bucket`() {
        #expect(Histogram([1, 2, 4]).mean == 7.0 / 3)
        #expect(Histogram([2048]).mean == 2049)
        #expect(Histogram([1_000_000, 1_000_000, 3]).mean == (2 * 1_000_192 + 3) / 3.0)
    }

    @Test(arguments: Spread.allCases)
    func `the mean is within three digits of that of the sample`(spread: Spread) {
        let values = spread.values(1000, seed: 3)
        let exact = values.map { Double(min($0, Histogram.highestTrackableValue)) }.reduce(0, +) / 1000
        #expect(abs(Histogram(values).mean - exact) <= exact / 1000)
    }
}
