// SPDX-License-Identifier: Apache-2.0

/// How often each duration occurred, in nanoseconds, exact to 3 significant digits: an HDR histogram as a value.
///
/// Tracks 0 up to one hour; anything longer counts as one hour. A count, and the sum of all counts, stops at
/// `Int64.max` (the most that the wire can carry), so nothing traps or wraps.
/// An unused histogram owns no storage. The first `record` allocates all of it (264 KiB), and no later one allocates.
/// Merging and decoding allocate only up to the highest bucket in use.
package struct Histogram: Sendable {
    /// One hour in nanoseconds; anything longer is recorded as this.
    @inlinable package static var highestTrackableValue: UInt64 { 3_600_000_000_000 }

    /// The ceiling of every count and of their sum.
    @inlinable static var countLimit: UInt64 { UInt64(Int64.max) }

    /// One count for each bucket, or for a leading part of them: buckets past the end are empty.
    @usableFromInline var counts: [UInt64] = []
    /// The lowest non-empty bucket; `Int.max` when there is none.
    @usableFromInline var lowIndex = Int.max
    /// The highest non-empty bucket; −1 when there is none.
    @usableFromInline var highIndex = -1

    /// The number of recorded values; stays at `Int64.max` once there.
    @usableFromInline package internal(set) var totalCount: UInt64 = 0

    /// An empty histogram, without storage.
    @inlinable
    package init() {}

    /// Whether nothing was recorded.
    @inlinable
    package var isEmpty: Bool { totalCount == 0 }

    /// The buckets between the lowest and the highest non-empty one, both included; all that any walk has to visit.
    var touchedIndices: Range<Int> {
        isEmpty ? 0..<0 : lowIndex..<highIndex + 1
    }
}

// MARK: - Recording

extension Histogram {
    /// Counts `value` nanoseconds once; a value above `highestTrackableValue` counts as that.
    @inlinable
    package mutating func record(_ value: UInt64) {
        add(1, at: BucketLayout.index(of: Swift.min(value, Self.highestTrackableValue)))
    }

    /// Counts `value` nanoseconds `count` times; 0 times is no change, more than `Int64.max` counts as that.
    @inlinable
    package mutating func record(_ value: UInt64, count: UInt64) {
        guard count > 0 else { return }
        let index = BucketLayout.index(of: Swift.min(value, Self.highestTrackableValue))
        add(Swift.min(count, Self.countLimit), at: index)
    }

    /// Adds `count`, in 1 ... `countLimit`, to the bucket at `index`, which must be below `BucketLayout.count`.
    @inlinable @inline(__always)
    mutating func add(_ count: UInt64, at index: Int) {
        if index >= counts.count {
            growStorage(to: BucketLayout.count)
        }
        counts[index] = Self.saturatingSum(counts[index], count)
        totalCount = Self.saturatingSum(totalCount, count)
        lowIndex = Swift.min(lowIndex, index)
        highIndex = Swift.max(highIndex, index)
    }

    /// The sum of two counts, neither above `countLimit`, held at `countLimit`; cannot wrap, as each has 63 bits.
    @inlinable @inline(__always)
    static func saturatingSum(_ first: UInt64, _ second: UInt64) -> UInt64 {
        Swift.min(first &+ second, countLimit)
    }

    /// Makes room for the buckets below `count`; never shrinks.
    @usableFromInline @inline(never)
    mutating func growStorage(to count: Int) {
        guard counts.count < count else { return }
        // Whole powers of two: a maximum that creeps up moves the counts at most 33 times.
        let blocks = (count + BucketLayout.halfCount - 1) / BucketLayout.halfCount
        var grown = [UInt64](repeating: 0, count: blocks * BucketLayout.halfCount)
        for index in touchedIndices {
            grown[index] = counts[index]
        }
        counts = grown
    }
}
