// SPDX-License-Identifier: Apache-2.0

/// Which values share a bucket: HdrHistogram's layout for lowest value 1, 3 significant digits and one hour in nanoseconds.
///
/// The first 2048 buckets are one value wide; then each power of two is cut into 1024 buckets, so that a bucket is
/// never wider than 1/1024 of its values:
///
/// | indices        | values              | width |
/// |----------------|---------------------|-------|
/// | 0 ..< 2048     | 0 ..< 2¹¹           | 1     |
/// | 2048 ..< 3072  | 2¹¹ ..< 2¹²         | 2     |
/// | 3072 ..< 4096  | 2¹² ..< 2¹³         | 4     |
/// | …              | …                   | …     |
/// | 32768 ..< 33792| 2⁴¹ ..< 2⁴²         | 2³¹   |
///
/// Source: `AbstractHistogram.countsArrayIndex` and `valueFromIndex` of HdrHistogram (Java), where the sub-bucket count
/// is the power of two not below 2 × 10³, 2048.
///
/// The constants are computed so that they fold into `record` in other modules; a `static let` would be loaded there.
@usableFromInline
enum BucketLayout {
    /// log₂ of the number of buckets in each power of two.
    @inlinable static var halfCountMagnitude: Int { 10 }
    /// Buckets in each power of two above the first.
    @inlinable static var halfCount: Int { 1 << halfCountMagnitude }
    /// The number of buckets; covers 0 ..< 2⁴², the power of two above one hour.
    @inlinable static var count: Int { (42 - halfCountMagnitude + 1) << halfCountMagnitude }

    /// The bucket of `value`, which must be below 2⁴² to be below `count`.
    @inlinable @inline(__always)
    static func index(of value: UInt64) -> Int {
        let widthMagnitude = 63 - halfCountMagnitude - (value | UInt64(2 * halfCount - 1)).leadingZeroBitCount
        return widthMagnitude << halfCountMagnitude + Int(truncatingIfNeeded: value >> UInt64(widthMagnitude))
    }

    /// The lowest value of the bucket at `index`, which must be in 0 ..< `count`.
    static func lowest(at index: Int) -> UInt64 {
        guard index >= 2 * halfCount else { return UInt64(index) }
        return UInt64(index & (halfCount - 1) | halfCount) << widthMagnitude(at: index)
    }

    /// The highest value of the bucket at `index`, which must be in 0 ..< `count`.
    static func highest(at index: Int) -> UInt64 {
        lowest(at: index) + (1 << widthMagnitude(at: index)) - 1
    }

    /// The value that stands for the whole bucket in a mean: HdrHistogram's `medianEquivalentValue`.
    static func median(at index: Int) -> UInt64 {
        lowest(at: index) + (1 << widthMagnitude(at: index)) >> 1
    }

    /// log₂ of the width of the bucket at `index`.
    private static func widthMagnitude(at index: Int) -> UInt64 {
        index < 2 * halfCount ? 0 : UInt64(index >> halfCountMagnitude - 1)
    }
}
