// SPDX-License-Identifier: Apache-2.0

/// Signed integers as ZigZag LEB128-64b9B: 7 bits a byte, least first, the high bit set while more follow, 9 bytes at
/// most.
///
///     value       0  −1   1  −2   2 …       zig-zag: (value << 1) ^ (value >> 63)
///     zig-zagged  0   1   2   3   4 …
///
///     byte 0       byte 1       …  byte 7        byte 8
///     1 bits 0–6   1 bits 7–13     1 bits 49–55  bits 56–63, all eight: no tenth byte is needed
///
/// Source: `ZigZagEncoding` of HdrHistogram (Java).
enum ZigZag {
    /// The most bytes of one integer.
    static let maxBytes = 9

    /// Appends `value` in the fewest bytes.
    static func append(_ value: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: value << 1 ^ value >> 63)
        for _ in 1..<maxBytes {
            guard rest > 0x7F else { break }
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes `value` in the fewest bytes at `offset`, which moves past it; there must be room.
    @inline(__always)
    static func write(_ value: Int64, to buffer: UnsafeMutableRawBufferPointer, at offset: inout Int) {
        var rest = UInt64(bitPattern: value << 1 ^ value >> 63)
        for _ in 1..<maxBytes {
            guard rest > 0x7F else { break }
            buffer[offset] = UInt8(truncatingIfNeeded: rest) | 0x80
            offset += 1
            rest >>= 7
        }
        buffer[offset] = UInt8(truncatingIfNeeded: rest)
        offset += 1
    }

    /// The integer at `offset`, which moves past it; nil when `bytes` end within it, and `offset` is then undefined.
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, at offset: inout Int) -> Int64? {
        guard offset < bytes.count else { return nil }
        var byte = bytes[offset]
        offset += 1
        var rest = UInt64(byte & 0x7F)
        var shift: UInt64 = 7
        while byte >= 0x80 {
            guard offset < bytes.count else { return nil }
            byte = bytes[offset]
            offset += 1
            guard shift < 56 else {
                rest |= UInt64(byte) << shift
                break
            }
            rest |= UInt64(byte & 0x7F) << shift
            shift += 7
        }
        return Int64(bitPattern: rest >> 1) ^ -Int64(bitPattern: rest & 1)
    }
}
