// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// Writes a string, with the fewest escapes that JSON allows: `"`, `\` and control characters.
    @usableFromInline
    package mutating func value(_ string: String) {
        var string = string
        string.withUTF8 { quote(UnsafeRawBufferPointer($0), isUTF8: true) }
    }

    /// Writes bytes from outside as a string: valid UTF-8 as it is, and one U+FFFD for each longest prefix of a broken
    /// character (the Unicode Standard, 3.9, like `String(decoding:)`).
    @usableFromInline
    package mutating func value(utf8 bytes: UnsafeRawBufferPointer) {
        quote(bytes, isUTF8: false)
    }

    /// Writes bytes from outside as a string, as the other `value(utf8:)` does.
    @usableFromInline
    package mutating func value(utf8 bytes: [UInt8]) {
        bytes.withUnsafeBytes { quote($0, isUTF8: false) }
    }

    /// Inserts one whole JSON value that is already encoded. It must have no line breaks if the output is lines.
    @usableFromInline
    package mutating func rawValue(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return null() }
        separated(atMost: bytes.count) { start in
            start.copyMemory(from: source, byteCount: bytes.count)
            return bytes.count
        }
    }

    /// Splices in one whole JSON value that is already encoded, as the other `rawValue` does.
    @usableFromInline
    package mutating func rawValue(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { rawValue($0) }
    }

    private mutating func quote(_ bytes: UnsafeRawBufferPointer, isUTF8: Bool) {
        var plain = 0
        // Eight bytes more than needed, so that whole words can be stored before they are checked.
        separated(atMost: bytes.count &+ 10) { start in
            start.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
            plain = Self.copyPlainPrefix(bytes, to: start + 1, isUTF8: isUTF8)
            start.storeBytes(of: UInt8(ascii: "\""), toByteOffset: plain &+ 1, as: UInt8.self)
            return plain &+ 2
        }
        if plain < bytes.count { escapeRest(bytes, from: plain, isUTF8: isUTF8) }
    }

    /// Copies the bytes before the first that may need an escape, and returns their count. It may write garbage after
    /// them.
    @inline(__always)
    private static func copyPlainPrefix(
        _ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer, isUTF8: Bool
    ) -> Int {
        guard let source = bytes.baseAddress else { return 0 }
        var at = 0
        while at &+ 8 <= bytes.count {
            let word = source.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            target.storeBytes(of: word, toByteOffset: at, as: UInt64.self)
            let ordered = UInt64(littleEndian: word)
            let flags = isUTF8 ? WordScan.escapes(ordered) : WordScan.escapesAndNonASCII(ordered)
            if flags != 0 { return at &+ flags.trailingZeroBitCount / 8 }
            at &+= 8
        }
        while at < bytes.count {
            let byte = source.load(fromByteOffset: at, as: UInt8.self)
            guard WordScan.isPlain(byte) || (isUTF8 && byte >= 0x80) else { return at }
            target.storeBytes(of: byte, toByteOffset: at, as: UInt8.self)
            at &+= 1
        }
        return at
    }

    /// Writes the rest of a string after its prefix, up to the closing quote.
    @inline(never)
    private mutating func escapeRest(_ bytes: UnsafeRawBufferPointer, from start: Int, isUTF8: Bool) {
        filled -= 1
        var at = start
        while at < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[at...])
            emit(atMost: rest.count + 18) { target in
                let escape = PackedEscape(first: rest)
                target.storeBytes(of: escape.bytes.littleEndian, as: UInt64.self)
                let after = UnsafeRawBufferPointer(rebasing: rest[escape.consumed...])
                let plain = Self.copyPlainPrefix(after, to: target + escape.count, isUTF8: isUTF8)
                at += escape.consumed + plain
                return escape.count + plain
            }
        }
        emit(atMost: 1) { start in
            start.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
            return 1
        }
    }
}
