// SPDX-License-Identifier: Apache-2.0

/// Searches eight bytes of a string at once for bytes that cannot simply be copied.
///
/// A byte is below n when `byte - n` borrows and its own top bit is clear; it equals c when `byte ^ c` is below 1
/// (Warren, Hacker's Delight, 6-1). A borrow may flag bytes above a true hit, never below: the lowest flag is exact.
@usableFromInline
enum WordScan {
    // Computed, not stored: other modules would reach a stored one through a call.
    @inlinable @inline(__always) static var ones: UInt64 { 0x0101_0101_0101_0101 }
    @inlinable @inline(__always) static var highBits: UInt64 { 0x8080_8080_8080_8080 }

    /// Top bits set at control characters, quotes and backslashes; only the lowest is reliable.
    @inlinable @inline(__always)
    static func escapes(_ word: UInt64) -> UInt64 {
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let controls = (word &- (ones &* 0x20)) & ~word
        return (controls | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)) & highBits
    }

    /// As `escapes`, and bytes beyond ASCII too.
    @inlinable @inline(__always)
    static func escapesAndNonASCII(_ word: UInt64) -> UInt64 {
        escapes(word) | (word & highBits)
    }

    /// Whether `byte` is an ASCII character that a string holds as itself.
    @inlinable @inline(__always)
    static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// The first index at or after `start` whose byte is not plain, or `end`.
    @inlinable @inline(__always)
    static func endOfPlainRun(_ base: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
        var at = start
        while at &+ 8 <= end {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let flags = escapesAndNonASCII(word)
            if flags != 0 { return at &+ flags.trailingZeroBitCount / 8 }
            at &+= 8
        }
        while at < end, isPlain(base.load(fromByteOffset: at, as: UInt8.self)) { at &+= 1 }
        return at
    }
}
