// SPDX-License-Identifier: Apache-2.0

/// A histogram in little memory. It keeps its counts as the bytes of `HistogramFormat`: a few for each non-empty
/// bucket, instead of eight for every bucket. It adds other histograms without loss.
///
/// The sum of 10 000 values over three powers of ten has 13 KiB packed and 250 KiB unpacked.
package struct PackedHistogram: Sendable {
    private var bytes: [UInt8] = []
    private var totalCount: UInt64 = 0
    /// Replaces the bytes once the counts add up to more than the format can hold. Only a damaged stream causes that.
    private var unpackable: Histogram?

    package init() {}

    /// Adds every count of `other`. The scratch space is for intermediate bytes; any number of histograms can share it.
    package mutating func merge(_ other: Histogram, through scratch: inout [UInt8]) {
        guard !other.isEmpty else { return }
        if unpackable == nil, other.totalCount > Histogram.countLimit - totalCount { unpackable = histogram }
        guard unpackable == nil else {
            bytes = []
            unpackable?.merge(other)
            return
        }
        totalCount += other.totalCount
        let room = bytes.count + other.touchedIndices.count * PackedWriter.mostBytes
        if scratch.count < room { scratch = [UInt8](repeating: 0, count: room) }
        scratch.withUnsafeMutableBytes { scratch in
            let length = PackedHistogram.merge(bytes, other, into: scratch)
            // Spare room, or each merge would move the bytes.
            if bytes.capacity < length {
                bytes = []
                bytes.reserveCapacity(length + length / 8)
            }
            bytes.replaceSubrange(0..<bytes.count, with: UnsafeRawBufferPointer(rebasing: scratch[..<length]))
        }
    }

    /// Writes the sum of the packed counts and the other's; gives its length.
    private static func merge(
        _ old: [UInt8], _ other: Histogram, into buffer: UnsafeMutableRawBufferPointer
    ) -> Int {
        old.withUnsafeBytes { old in
            other.counts.withUnsafeBufferPointer { counts in
                var writer = PackedWriter(buffer)
                var reader = PackedReader(old)
                var packed = reader.next()
                for index in other.touchedIndices where counts[index] > 0 {
                    while let entry = packed, entry.index < index {
                        writer.write(entry.count, at: entry.index)
                        packed = reader.next()
                    }
                    var count = counts[index]
                    if let entry = packed, entry.index == index {
                        count += entry.count
                        packed = reader.next()
                    }
                    writer.write(count, at: index)
                }
                while let entry = packed {
                    writer.write(entry.count, at: entry.index)
                    packed = reader.next()
                }
                return writer.length
            }
        }
    }

    /// All that was added.
    package var histogram: Histogram {
        if let unpackable { return unpackable }
        var histogram = Histogram()
        // This process wrote these counts, so they can be read.
        bytes.withUnsafeBytes { try? histogram.addCounts($0) }
        return histogram
    }
}

/// Reads the counts of `HistogramFormat` that this process has written.
private struct PackedReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    private var index = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The next count above 0 and its bucket.
    @inline(__always)
    mutating func next() -> (index: Int, count: UInt64)? {
        while let count = ZigZag.read(bytes, at: &offset) {
            if count > 0 {
                index += 1
                return (index - 1, UInt64(count))
            }
            index += count == 0 ? 1 : Int(-count)
        }
        return nil
    }
}

/// Writes counts of ascending buckets as `HistogramFormat` has them.
private struct PackedWriter {
    /// The most bytes of a count and of the gap before it, which is below 2¹⁶.
    static let mostBytes = ZigZag.maxBytes + 3

    private let buffer: UnsafeMutableRawBufferPointer
    private(set) var length = 0
    private var next = 0

    init(_ buffer: UnsafeMutableRawBufferPointer) {
        self.buffer = buffer
    }

    @inline(__always)
    mutating func write(_ count: UInt64, at index: Int) {
        let gap = index - next
        if gap > 0 { write(gap == 1 ? 0 : Int64(-gap)) }
        write(Int64(count))
        next = index + 1
    }

    @inline(__always)
    private mutating func write(_ value: Int64) {
        // Most counts and gaps are small.
        if (-64..<64).contains(value) {
            buffer[length] = UInt8(truncatingIfNeeded: value << 1 ^ value >> 63)
            length += 1
        } else {
            ZigZag.write(value, to: buffer, at: &length)
        }
    }
}
