// SPDX-License-Identifier: Apache-2.0

/// One field line, `name ":" OWS value OWS`, cut at its colon; valid while the line is.
struct FieldLine {
    let line: UnsafeRawBufferPointer
    /// Index of the colon, which is also the length of the name; 1 or more.
    let nameLength: Int
    /// Message offset of the line.
    let offset: Int

    /// Cuts a line that is not empty. Refuses an empty name, whitespace before the colon and a missing colon.
    @inline(__always)
    init(_ line: UnsafeRawBufferPointer, at offset: Int) throws(HTTPParseError) {
        let base = line.baseAddress!
        let colon = Self.colon(base, line.count)
        guard colon < line.count else { throw .fieldWithoutColon(at: offset) }
        guard colon > 0 else { throw .emptyFieldName(at: offset) }
        guard !ASCII.isBlank(base.load(fromByteOffset: colon &- 1, as: UInt8.self)) else {
            throw .spaceBeforeColon(at: offset)
        }
        self.line = line
        self.nameLength = colon
        self.offset = offset
    }

    /// The index of the first colon, or `count`; nearly always within the first block.
    @inline(__always)
    private static func colon(_ base: UnsafeRawPointer, _ count: Int) -> Int {
        var index = 0
        while index &+ ByteBlock.width <= count {
            if let first = ByteBlock(base, index).firstColon { return index &+ first }
            index &+= ByteBlock.width
        }
        while index < count, base.load(fromByteOffset: index, as: UInt8.self) != ASCII.colon { index &+= 1 }
        return index
    }

    /// The value without the whitespace around it.
    @inline(__always)
    var value: UnsafeRawBufferPointer { Self.trimmed(line, nameLength + 1, line.count) }

    /// `line[from..<to]` without leading and trailing SP and HTAB.
    @inline(__always)
    static func trimmed(_ line: UnsafeRawBufferPointer, _ from: Int, _ to: Int) -> UnsafeRawBufferPointer {
        let base = line.baseAddress!
        var start = from
        var end = to
        while start < end, ASCII.isBlank(base.load(fromByteOffset: start, as: UInt8.self)) { start &+= 1 }
        while start < end, ASCII.isBlank(base.load(fromByteOffset: end &- 1, as: UInt8.self)) { end &-= 1 }
        return UnsafeRawBufferPointer(start: base + start, count: end &- start)
    }

    /// Eight bytes from `index` on with the case bit set; `index + 8` must not pass the bytes.
    ///
    /// Setting the bit also maps CR to "-", but no line contains CR.
    @inline(__always)
    static func foldedWord(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
        bytes.baseAddress!.loadUnaligned(fromByteOffset: index, as: UInt64.self) | 0x2020_2020_2020_2020
    }
}

/// Calls `element` with each trimmed, non-empty element of a comma-separated list (RFC 9110 5.6.1).
@inline(__always)
func forEachListElement(
    _ list: UnsafeRawBufferPointer, _ element: (UnsafeRawBufferPointer) throws(HTTPParseError) -> Void
) throws(HTTPParseError) {
    var start = 0
    while start < list.count {
        var end = start
        while end < list.count, list[end] != ASCII.comma { end += 1 }
        let trimmed = FieldLine.trimmed(list, start, end)
        if trimmed.count > 0 { try element(trimmed) }
        start = end + 1
    }
}

/// Whether the bytes are `lowercase`, case ignored.
func equalsIgnoringCase(_ bytes: UnsafeRawBufferPointer, _ lowercase: StaticString) -> Bool {
    guard bytes.count == lowercase.utf8CodeUnitCount else { return false }
    for index in 0..<bytes.count where ASCII.lowercased(bytes[index]) != lowercase.utf8Start[index] { return false }
    return true
}
