// SPDX-License-Identifier: Apache-2.0

@testable import VajraMetrics

/// A bucket as `forEachBucket` gives it.
struct Bucket: Equatable, CustomStringConvertible {
    var lowest: UInt64
    var highest: UInt64
    var count: UInt64

    var description: String { "\(lowest)...\(highest): \(count)" }
}

extension Histogram {
    init(_ values: some Sequence<UInt64>) {
        self.init()
        for value in values {
            record(value)
        }
    }

    init(counts: [(value: UInt64, count: UInt64)]) {
        self.init()
        for (value, count) in counts {
            record(value, count: count)
        }
    }

    var buckets: [Bucket] {
        var buckets: [Bucket] = []
        forEachBucket { buckets.append(Bucket(lowest: $0, highest: $1, count: $2)) }
        return buckets
    }
}

/// How the values of a sample spread.
enum Spread: CaseIterable {
    case one, exactValues, uniformHour, everyOctave, nearMillisecond, aboveHour

    /// `count` values of this spread, the same for the same seed.
    func values(_ count: Int, seed: UInt64) -> [UInt64] {
        var generator = SplitMix(seed: seed)
        return (0..<count).map { _ in
            switch self {
            case .one: 123_456_789
            case .exactValues: .random(in: 0..<2048, using: &generator)
            case .uniformHour: .random(in: 0...Histogram.highestTrackableValue, using: &generator)
            case .everyOctave: generator.next() >> UInt64.random(in: 23...63, using: &generator)
            case .nearMillisecond: .random(in: 950_000...1_050_000, using: &generator)
            case .aboveHour: .random(in: Histogram.highestTrackableValue...UInt64.max, using: &generator)
            }
        }
    }
}

/// What `body` throws, or nil.
func failure(_ body: () throws(HistogramCodingError) -> Void) -> HistogramCodingError? {
    do throws(HistogramCodingError) {
        try body()
        return nil
    } catch {
        return error
    }
}
