// SPDX-License-Identifier: Apache-2.0

extension Histogram {
    /// Adds the counts of `HistogramFormat` in `bytes`; when it throws, nothing was added.
    mutating func addCounts(_ bytes: UnsafeRawBufferPointer) throws(HistogramCodingError) {
        // The first pass checks everything, so that nothing is added when it throws, and the storage grows once.
        var total: UInt64 = 0
        var highest = -1
        try Self.forEachCount(in: bytes) { (count, index) throws(HistogramCodingError) in
            guard index < BucketLayout.count else {
                throw .indexOverflow(index: index, limit: BucketLayout.count)
            }
            // Neither sum can wrap: both have 63 bits.
            total += count
            guard total <= Self.countLimit else { throw .countsOverflow }
            highest = index
        }
        growStorage(to: highest + 1)
        try Self.forEachCount(in: bytes) { (count, index) throws(HistogramCodingError) in
            add(count, at: index)
        }
    }

    /// Calls `body` with every count above 0 and the index of its bucket.
    @inline(__always)
    private static func forEachCount(
        in bytes: UnsafeRawBufferPointer,
        _ body: (_ count: UInt64, _ index: Int) throws(HistogramCodingError) -> Void
    ) throws(HistogramCodingError) {
        var index = 0
        var offset = 0
        while offset < bytes.count {
            let start = offset
            guard let count = ZigZag.read(bytes, at: &offset) else { throw .truncatedCount(offset: start) }
            if count > 0 {
                try body(UInt64(count), index)
                index += 1
            } else if count == 0 {
                index += 1
            } else {
                // As in Java; it also keeps `index` from overflowing, as there are less than 2³¹ bytes.
                guard count >= -Int64(Int32.max) else { throw .negativeCount(count, offset: start) }
                index -= Int(count)
            }
        }
    }
}
