// SPDX-License-Identifier: Apache-2.0

/// HdrHistogram V2 compressed, the form in which every port reads and writes histograms; integers are big-endian.
///
///     text      base64, standard alphabet, padded, of the envelope
///
///     envelope  0  UInt32  cookie 0x1C849304, bits 4–7 ignored (written: 0x1)
///               4  UInt32  number of bytes from 8 to the end
///               8  …       one zlib stream of the header and the counts
///
///     header    0  UInt32  cookie 0x1C849303, bits 4–7 ignored (written: 0x1)
///               4  UInt32  number of bytes of the counts, from 40 to the end
///               8  Int32   normalizing index offset, 0
///              12  UInt32  significant digits, 3
///              16  UInt64  lowest value, 1
///              24  UInt64  highest value, any (written: one hour in ns); only the counts decide what fits
///              32  Double  integer-to-double ratio, ignored (written: 1.0)
///
///     counts   40  ZigZag integers for the buckets from 0 up:
///                  n ≥ 0   one bucket with that count
///                  n < 0   −n empty buckets; nothing after the last non-empty bucket has to be written
///
/// Source: `AbstractHistogram.encodeIntoCompressedByteBuffer` and `decodeFromCompressedByteBuffer` of HdrHistogram
/// (Java).
enum HistogramFormat {
    static let compressionCookie: UInt32 = 0x1C84_9304
    static let encodingCookie: UInt32 = 0x1C84_9303
    /// The bits of a cookie that V1 used for the size of a count.
    static let wordSizeMask: UInt32 = 0xF0
    static let writtenWordSize: UInt32 = 0x10

    static let envelopeSize = 8
    static let headerSize = 40
    static let digits: UInt32 = 3
    static let lowestValue: UInt64 = 1

    /// The most bytes of a header with every bucket full; input that inflates to more is a bomb.
    static let maxInflatedSize = headerSize + BucketLayout.count * ZigZag.maxBytes
    /// Room for the base64 of `maxInflatedSize` incompressible bytes with zlib's framing.
    static let maxTextSize = (maxInflatedSize + maxInflatedSize / 64 + 1024) / 3 * 4
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// The big-endian integer at `offset`, where there must be one.
    func bigEndian<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int) -> Value {
        self[offset..<offset + MemoryLayout<Value>.size].reduce(0) { $0 << 8 | Value($1) }
    }
}

extension [UInt8] {
    /// Appends the bytes of `value`, the highest first.
    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
