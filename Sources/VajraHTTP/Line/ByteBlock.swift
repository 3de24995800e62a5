// SPDX-License-Identifier: Apache-2.0

/// Sixteen bytes examined at once. Each search returns the index of the first byte that fits, or nil.
///
/// Swift 6.3 compiles SIMD subtraction and `&` to single instructions, but a SIMD comparison to a loop over the lanes
/// (3 900 instructions per head). So the comparisons here use subtraction and `&`: the high bit of `(b - n) & ~b` is
/// set exactly when `b < n`, for n up to 0x80. Lanes do not borrow from each other.
struct ByteBlock {
    static let width = 16

    private let bytes: SIMD16<UInt8>

    /// The bytes `base[index..<index + 16]`, which must all exist.
    @inline(__always)
    init(_ base: UnsafeRawPointer, _ index: Int) {
        bytes = base.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
    }

    /// The first byte below 0x0E.
    @inline(__always)
    var firstBelowFourteen: Int? { Self.first((bytes &- SIMD16(repeating: 0x0E)) & ~bytes) }

    /// The first colon.
    @inline(__always)
    var firstColon: Int? {
        let zeroed = bytes ^ SIMD16(repeating: ASCII.colon)
        return Self.first((zeroed &- SIMD16(repeating: 1)) & ~zeroed)
    }

    @inline(__always)
    private static func first(_ lanes: SIMD16<UInt8>) -> Int? {
        // The first byte in memory is the lowest of its word, as every platform of Swift is little-endian.
        let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
        guard (words[0] | words[1]) & highBits != 0 else { return nil }
        let low = words[0] & highBits
        return low != 0
            ? low.trailingZeroBitCount &>> 3 : 8 &+ (words[1] & highBits).trailingZeroBitCount &>> 3
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080
}
