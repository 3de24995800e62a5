// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraMetrics

@Suite struct HistogramRecordingTests {
    static let boundaries: [(UInt64, UInt64, UInt64, String)] = [
        (0, 0, 0, "the lowest value has a bucket of its own"),
        (1, 1, 1, "so has 1"),
        (2047, 2047, 2047, "the last value that is kept exactly"),
        (2048, 2048, 2049, "the first bucket of two values"),
        (2049, 2048, 2049, "its other value"),
        (2050, 2050, 2051, "the next one"),
        (4095, 4094, 4095, "the last bucket of two values"),
        (4096, 4096, 4099, "the first bucket of four values"),
        (1_000_000, 999_936, 1_000_447, "one millisecond"),
        (1_000_000_000, 999_817_216, 1_000_341_503, "one second"),
        (1 << 41 - 1, 1 << 41 - 1 << 30, 1 << 41 - 1, "the last bucket below 2⁴¹"),
        (1 << 41, 1 << 41, 1 << 41 + 1 << 31 - 1, "the first bucket above 2⁴¹"),
        (3_600_000_000_000, 3_599_182_594_048, 3_601_330_077_695, "one hour"),
    ]

    @Test(arguments: boundaries)
    func `a value lands in the bucket of its first three digits`(
        value: UInt64, lowest: UInt64, highest: UInt64, story: String
    ) {
        #expect(Histogram([value]).buckets == [Bucket(lowest: lowest, highest: highest, count: 1)], "\(story)")
    }

    @Test func `buckets follow each other without gap or overlap`() {
        #expect(BucketLayout.lowest(at: 0) == 0)
        for index in 0..<BucketLayout.count {
            let (lowest, highest) = (BucketLayout.lowest(at: index), BucketLayout.highest(at: index))
            #expect(BucketLayout.index(of: lowest) == index)
            #expect(BucketLayout.index(of: highest) == index)
            #expect(BucketLayout.index(of: highest + 1) == index + 1)
            #expect((highest - lowest) * 1024 <= lowest, "wider than three digits allow")
        }
    }

    @Test(arguments: [3_600_000_000_001, 1 << 42, UInt64.max])
    func `a value above the highest trackable one is clamped and counted`(value: UInt64) {
        let hour = Histogram([Histogram.highestTrackableValue])
        #expect(Histogram([value]) == hour)
        #expect(Histogram(counts: [(value, 1)]) == hour)
    }

    @Test func `a count of n is n records`() {
        #expect(Histogram(counts: [(70, 3), (9_000, 2)]) == Histogram([70, 9_000, 70, 9_000, 70]))
    }

    @Test func `recording zero times changes nothing, not even the extremes`() {
        var histogram = Histogram([500])
        histogram.record(1, count: 0)
        #expect(histogram == Histogram([500]))
        #expect(histogram.min == 500)
    }

    @Test func `counts stop at their ceiling instead of wrapping`() {
        let ceiling = UInt64(Int64.max)
        var histogram = Histogram(counts: [(7, .max), (8, ceiling - 1)])
        histogram.record(7)
        histogram.record(8)
        histogram.record(8)
        histogram.merge(histogram)
        #expect(histogram.buckets.map(\.count) == [ceiling, ceiling])
        #expect(histogram.totalCount == ceiling)
        #expect(histogram.value(atQuantile: 1) == 7, "the count of 7 alone is as high as the total can be")
        #expect(histogram.mean == 7.5)
    }

    @Test func `an empty histogram owns no storage and answers 0 to everything`() {
        let histogram = Histogram()
        #expect(histogram.counts.capacity == 0)
        #expect(histogram.isEmpty)
        #expect(
            [histogram.min, histogram.max, histogram.totalCount, histogram.value(atQuantile: 0.5)] == [0, 0, 0, 0])
        #expect(histogram.mean == 0)
        #expect(histogram.buckets == [])
    }

    @Test func `the first record allocates for every later one`() {
        var histogram = Histogram([0])
        let storage = histogram.counts.withUnsafeBufferPointer(\.baseAddress)
        histogram.record(.max)
        histogram.reset()
        histogram.record(5)
        #expect(histogram.counts.withUnsafeBufferPointer(\.baseAddress) == storage)
    }

    @Test func `reset forgets everything`() {
        var histogram = Histogram(Spread.everyOctave.values(1000, seed: 1))
        histogram.reset()
        #expect(histogram == Histogram())
        #expect(histogram.counts.allSatisfy { $0 == 0 })
        histogram.record(12)
        #expect(histogram == Histogram([12]))
    }

    @Test func `an accumulator of small values makes room for large ones`() throws {
        let small = try Histogram([5]).encodedBase64()
        var histogram = try small.span.withUnsafeBytes { (text) throws(HistogramCodingError) in
            try Histogram(base64: text)
        }
        #expect(histogram.counts.count < BucketLayout.count, "decoding allocates what it needs")
        histogram.merge(Histogram([1 << 30]))
        histogram.record(.max)
        #expect(histogram == Histogram([5, 1 << 30, .max]))
    }

    @Test func `histograms differ when one count does`() {
        #expect(Histogram([5, 6, 9]) != Histogram([5, 7, 9]))
        #expect(Histogram([5]) != Histogram([5, 5]))
        #expect(Histogram([5]) != Histogram([6]))
        #expect(Histogram([5]) != Histogram())
    }
}
