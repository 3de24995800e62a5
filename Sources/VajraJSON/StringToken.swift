// SPDX-License-Identifier: Apache-2.0

/// The validated bytes between a string's quotes, still escaped, in the scanner's own input.
///
///     " r a t e \ u 0 0 e 9 "
///       └──── bytes ─────┘      hasEscapes = true, decodes to 6 bytes
@usableFromInline
struct StringToken {
    @usableFromInline let bytes: UnsafeRawBufferPointer
    @usableFromInline let hasEscapes: Bool

    @inlinable
    init(bytes: UnsafeRawBufferPointer, hasEscapes: Bool) {
        self.bytes = bytes
        self.hasEscapes = hasEscapes
    }

    /// The string, decoded.
    @usableFromInline
    var string: String {
        guard hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
        return String(unsafeUninitializedCapacity: bytes.count) { decode(into: UnsafeMutableRawBufferPointer($0)) }
    }

    /// Calls `body` with the decoded bytes: in place if none is escaped, or else on the stack if they fit.
    @usableFromInline
    func withDecoded<Result>(
        _ body: (UnsafeRawBufferPointer) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        guard hasEscapes else { return try body(bytes) }
        return try withUnsafeTemporaryAllocation(byteCount: bytes.count, alignment: 1) {
            (scratch) throws(JSONError) -> Result in
            let count = decode(into: scratch)
            return try body(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
        }
    }

    /// Writes the decoded bytes, which are never more than the escaped ones, and returns how many they are.
    private func decode(into scratch: UnsafeMutableRawBufferPointer) -> Int {
        var (read, written) = (0, 0)
        while read < bytes.count {
            guard bytes[read] == UInt8(ascii: "\\") else {
                scratch[written] = bytes[read]
                (read, written) = (read + 1, written + 1)
                continue
            }
            guard bytes[read + 1] == UInt8(ascii: "u") else {
                scratch[written] = Self.meaning(ofEscape: bytes[read + 1])
                (read, written) = (read + 2, written + 1)
                continue
            }
            var scalar = hexUnit(at: read + 2)
            read += 6
            if scalar & 0xFC00 == 0xD800 {
                scalar = 0x10000 + (scalar & 0x3FF) << 10 + hexUnit(at: read + 2) & 0x3FF
                read += 6
            }
            // The scan has refused lone surrogates, so that every value here is a scalar's.
            for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
                scratch[written] = byte
                written += 1
            }
        }
        return written
    }

    /// The UTF-16 unit that four hex digits spell; the scan has checked that they are digits.
    private func hexUnit(at start: Int) -> UInt32 {
        (start..<start + 4).reduce(0) { unit, at in unit << 4 | UInt32(Self.hexDigit(bytes[at]) ?? 0) }
    }

    /// The value of a hex digit in either case, or nil.
    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The character that a two-byte escape stands for; `"`, `\` and `/` stand for themselves.
    private static func meaning(ofEscape letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }
}
