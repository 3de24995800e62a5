// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraMetrics

@Suite struct HistogramLawTests {
    /// Three histograms of different spreads and sizes for each seed; some are empty.
    static func triple(_ seed: UInt64) -> [Histogram] {
        var generator = SplitMix(seed: seed)
        return (0..<3).map { _ in
            let spread = Spread.allCases.randomElement(using: &generator)!
            return Histogram(spread.values(.random(in: 0...300, using: &generator), seed: generator.next()))
        }
    }

    static func merged(_ histograms: [Histogram]) -> Histogram {
        histograms.reduce(into: Histogram()) { $0.merge($1) }
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `merge is commutative and associative, and empty is neutral`(seed: UInt64) {
        let parts = Self.triple(seed)
        let forwards = Self.merged(parts)
        #expect(forwards == Self.merged(parts.reversed()))
        #expect(forwards == Self.merged([parts[0], Self.merged([parts[1], parts[2]])]))
        #expect(forwards == Self.merged([forwards, Histogram()]))
        #expect(forwards.totalCount == parts.map(\.totalCount).reduce(0, +))
    }

    @Test func `merging samples equals recording them together`() {
        let (first, second) = (Spread.everyOctave.values(900, seed: 1), Spread.nearMillisecond.values(700, seed: 2))
        #expect(Self.merged([Histogram(first), Histogram(second)]) == Histogram(first + second))
    }

    @Test func `merge at the ceiling stays associative`() {
        let parts = [Histogram(counts: [(7, .max)]), Histogram([7, 8]), Histogram(counts: [(7, 1 << 62)])]
        #expect(Self.merged(parts) == Self.merged(parts.reversed()))
        #expect(Self.merged(parts) == Self.merged([parts[0], Self.merged([parts[2], parts[1]])]))
    }

    @Test func `merging into an empty histogram leaves the two apart`() {
        var (source, target) = (Histogram([5]), Histogram())
        target.merge(source)
        source.record(6)
        target.record(7)
        #expect(source == Histogram([5, 6]))
        #expect(target == Histogram([5, 7]))
    }

    @Test(arguments: Spread.allCases, [1, 2, 3, 7, 5000])
    func `merging the parts of a split gives back the whole`(spread: Spread, n: Int) {
        let whole = Histogram(spread.values(1000, seed: UInt64(n)))
        let parts = whole.split(into: n)
        let sizes = parts.map(\.buckets.count)
        #expect(parts.count == n)
        #expect(Self.merged(parts) == whole)
        #expect(Self.merged(parts.reversed()) == whole)
        #expect(sizes.max()! - sizes.min()! <= 1, "the parts are about equal")
        #expect(parts.flatMap(\.buckets) == whole.buckets, "the parts ascend")
    }

    @Test(arguments: [(Int.min, 1), (-1, 1), (0, 1), (Int.max, BucketLayout.count)])
    func `a number of parts out of range is taken for the nearer end`(n: Int, count: Int) {
        #expect(Histogram([5, 6]).split(into: n).count == count)
        #expect(Histogram().split(into: n).count == count)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `decoding what was encoded gives back the histogram, from one coder used many times`(seed: UInt64) throws {
        var encoder = HistogramEncoder()
        var decoder = HistogramDecoder()
        for histogram in Self.triple(seed) + [Histogram(), Histogram(counts: [(0, UInt64(Int64.max))])] {
            var text: [UInt8] = Array("before".utf8)
            try encoder.append(histogram, to: &text)
            #expect(text.starts(with: "before".utf8))
            text.removeFirst(6)
            #expect(try histogram.encodedBase64() == text)
            #expect(try text.withUnsafeBytes { try decoder.decode(base64: $0) } == histogram)
            #expect(try text.withUnsafeBytes { try Histogram(base64: $0) } == histogram)
        }
    }

    @Test func `merging a text equals merging the histogram that it stands for`() throws {
        var decoder = HistogramDecoder()
        let parts = Self.triple(9)
        var total = Histogram()
        for part in parts {
            try part.encodedBase64().withUnsafeBytes { try decoder.merge(base64: $0, into: &total) }
        }
        #expect(total == Self.merged(parts))
    }
}
