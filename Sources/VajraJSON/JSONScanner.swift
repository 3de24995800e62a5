// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON text (RFC 8259) value by value, straight from bytes, without building a tree.
///
/// The decoder asks for what it expects. Everything else is skipped, but still checked:
///
///     var scanner = JSONScanner(line)
///     try scanner.readObject { key, value throws(JSONError) in
///         switch key {
///         case "type": kind = try value.readString()
///         case "seq": sequence = try value.readUInt64()
///         default: break                              // skipped and validated
///         }
///     }
///     try scanner.finish()                            // refuses what follows the object
///
/// It is stricter than the RFC where the RFC leaves a choice: UTF-8 only, no byte order mark, no lone surrogate, at
/// most `depthLimit` levels. Duplicate keys come each time they occur. A failed read of a value other than a container
/// consumes nothing, so that a decoder may try another kind. Time is linear in the text, and only returned values take
/// memory.
///
/// A scanner borrows its bytes: they must outlive it, its keys and its raw values.
@usableFromInline
package struct JSONScanner {
    /// Containers within containers, the outermost counted.
    @inlinable
    package static var depthLimit: Int { 64 }

    @usableFromInline let base: UnsafeRawPointer
    @usableFromInline let end: Int
    @usableFromInline var position = 0
    @usableFromInline var depth = 0

    /// Whether a value may be read now. False after one was read, so that `1"x"` cannot pass as an element read twice.
    @usableFromInline var expectsValue = true

    /// A scanner at the first of `bytes`, which are one text.
    @inlinable
    package init(_ bytes: UnsafeRawBufferPointer) {
        // An empty buffer may have no address. Its bytes are never loaded, so any address will do.
        base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
        end = bytes.count
    }

    /// Bytes before the next one to be read: where to place a decoder's own `.rejected` error.
    @inlinable
    package var offset: Int { position }

    /// The kind of the next value, by its first byte; throws when no value begins there.
    @inlinable
    package mutating func peekKind() throws(JSONError) -> JSONKind {
        let first = try startValue()
        guard let kind = JSONKind(firstByte: first) else { throw unexpected(first, at: position, expected: .value) }
        return kind
    }

    /// Throws unless one whole value was read and nothing but white space follows it.
    @inlinable
    package mutating func finish() throws(JSONError) {
        guard !expectsValue else { throw failure(.unexpectedEnd(expected: .value), at: position) }
        guard depth == 0 else { throw failure(.valueHalfRead, at: position) }
        position = endOfWhitespace(from: position)
        guard position == end else { throw unexpected(byte(at: position), at: position, expected: .end) }
    }

    /// Reads `true` or `false`.
    package mutating func readBool() throws(JSONError) -> Bool {
        let first = try startValue()
        guard JSONKind(firstByte: first) == .bool else { throw mismatch(expected: .bool, found: first) }
        position = try endOfWord(at: position)
        expectsValue = false
        return first == UInt8(ascii: "t")
    }

    /// Reads a `null` and returns true, or returns false and leaves a value of another kind to be read.
    package mutating func readNull() throws(JSONError) -> Bool {
        guard try peekKind() == .null else { return false }
        position = try endOfWord(at: position)
        expectsValue = false
        return true
    }

    @inlinable @inline(__always)
    func byte(at index: Int) -> UInt8 {
        base.load(fromByteOffset: index, as: UInt8.self)
    }

    /// Moves to the first byte of the value that may be read now and returns it.
    @inlinable @inline(__always)
    mutating func startValue() throws(JSONError) -> UInt8 {
        guard expectsValue else { throw failure(.valueAlreadyRead, at: position) }
        position = endOfWhitespace(from: position)
        guard position < end else { throw failure(.unexpectedEnd(expected: .value), at: position) }
        return byte(at: position)
    }

    @inlinable @inline(__always)
    func endOfWhitespace(from start: Int) -> Int {
        // Lines that machines write have no space or one; the loop is for all others.
        guard start < end, byte(at: start) <= 0x20 else { return start }
        return endOfLongWhitespace(from: start)
    }

    @usableFromInline
    func endOfLongWhitespace(from start: Int) -> Int {
        var at = start
        while at < end {
            switch byte(at: at) {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            default: return at
            }
        }
        return at
    }
}
