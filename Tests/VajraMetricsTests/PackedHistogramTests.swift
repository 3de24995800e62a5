// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraMetrics

@Suite struct PackedHistogramTests {
    private func histogram(_ values: [UInt64]) -> Histogram {
        var histogram = Histogram()
        for value in values { histogram.record(value) }
        return histogram
    }

    private func packed(_ parts: [Histogram]) -> Histogram {
        var packed = PackedHistogram()
        var scratch: [UInt8] = []
        for part in parts { packed.merge(part, through: &scratch) }
        return packed.histogram
    }

    @Test(
        arguments: [
            ("nothing", [[]]), ("nothing, twice", [[], []]), ("one value", [[0]]), ("the highest value", [[.max]]),
            ("neighbours", [[5], [6], [4]]),
            ("a gap of one bucket, of many, and of all", [[1, 3, 100_000], [0, .max]]),
            ("the same value again", [[7], [7, 7], [7]]), ("between two", [[1, 1000], [500]]),
            ("before and behind", [[500], [1, 1000]]),
        ] as [(String, [[UInt64]])])
    func `what was added comes back`(story: String, parts: [[UInt64]]) {
        #expect(packed(parts.map(histogram)) == histogram(parts.flatMap(\.self)), "\(story)")
    }

    @Test func `sums of random histograms are those of unpacked ones, after each of them`() {
        var random = SplitMix(seed: 8)
        var (packed, sum, scratch) = (PackedHistogram(), Histogram(), [UInt8]())
        for round in 0..<200 {
            var part = Histogram()
            for _ in 0..<(random.next() % 400) {
                let count = random.next() >> (1 + random.next() % 63)
                part.record(random.next() >> (22 + random.next() % 42), count: count % (1 << 40))
            }
            packed.merge(part, through: &scratch)
            sum.merge(part)
            #expect(packed.histogram == sum, "round \(round)")
        }
    }

    @Test func `counts at their ceiling stay there`() {
        var full = Histogram()
        full.record(3, count: .max)
        let more = histogram([3, 4])
        var sum = full
        sum.merge(more)
        sum.merge(more)
        #expect(packed([full, more, more]) == sum)
        #expect(packed([more, more, full]) == sum)
    }
}
