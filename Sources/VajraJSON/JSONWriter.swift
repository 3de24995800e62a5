// SPDX-License-Identifier: Apache-2.0

/// Writes JSON text into a buffer of its own, which it reuses from line to line.
///
///     writer.beginObject()
///     writer.field("type", "snapshot")
///     writer.field("seq", sequence)
///     writer.key("failures")
///     writer.beginObject() … writer.endObject()
///     writer.endObject()
///     writer.endLine()
///
/// It writes the commas. The caller balances `beginObject` and `endObject`, and writes a key before each value in an
/// object (debug builds assert the balance). The output is UTF-8 for any input, and the same bytes for the same calls.
/// It allocates only the buffer, which doubles when full.
@usableFromInline
package struct JSONWriter: Sendable {
    /// Initialised to its end, so that a field is written through one pointer instead of appended byte by byte.
    @usableFromInline var storage: [UInt8]

    @usableFromInline var filled = 0
    @usableFromInline var needsComma = false
    @usableFromInline var depth = 0

    /// An empty writer with room for `capacity` bytes (at least 64).
    package init(capacity: Int = 512) {
        storage = [UInt8](repeating: 0, count: max(capacity, 64))
    }

    /// Bytes written since the writer was last emptied.
    @inlinable
    package var count: Int { filled }

    /// Containers begun and not ended.
    @inlinable
    package var openContainers: Int { depth }

    /// Bytes that fit before the buffer grows.
    @inlinable
    package var capacity: Int { storage.count }

    /// A copy of what was written.
    @inlinable
    package var bytes: [UInt8] { [UInt8](storage[..<filled]) }

    /// Calls `body` with what was written, for a `write(2)`; the pointer is valid only during the call.
    @inlinable
    package func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withUnsafeBufferPointer { (buffer) throws(Failure) -> Result in
            try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<filled]))
        }
    }

    /// Empties the writer for the next text and keeps its buffer, or gives it back to its first size.
    package mutating func removeAll(keepingCapacity: Bool = true) {
        if !keepingCapacity { storage = [UInt8](repeating: 0, count: 64) }
        (filled, needsComma, depth) = (0, false, 0)
    }

    /// Begins an object: `{`.
    @inlinable
    package mutating func beginObject() {
        begin(UInt8(ascii: "{"))
    }

    /// Ends the object begun last: `}`.
    @inlinable
    package mutating func endObject() {
        end(UInt8(ascii: "}"))
    }

    /// Begins an array: `[`.
    @inlinable
    package mutating func beginArray() {
        begin(UInt8(ascii: "["))
    }

    /// Ends the array begun last: `]`.
    @inlinable
    package mutating func endArray() {
        end(UInt8(ascii: "]"))
    }

    /// Ends the line after a whole value; the next value begins another text in the same buffer.
    @inlinable
    package mutating func endLine() {
        assert(depth == 0, "a line ends within a container")
        emit(atMost: 1) { start in
            start.storeBytes(of: UInt8(ascii: "\n"), as: UInt8.self)
            return 1
        }
        needsComma = false
    }

    /// Writes a literal key without escaping. It must be ASCII without quotes, backslashes and control characters.
    /// Debug builds assert this; release builds only copy.
    @inlinable @inline(__always)
    package mutating func key(_ name: StaticString) {
        let size = name.utf8CodeUnitCount
        assert(WordScan.endOfPlainRun(name.utf8Start, from: 0, to: size) == size, "a literal key needs escapes")
        let comma = needsComma ? 1 : 0
        emit(atMost: size &+ 4) { start in
            // Always stored, and overwritten when not due: cheaper than a branch that alternates.
            start.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
            let quote = start + comma
            quote.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
            (quote + 1).copyMemory(from: name.utf8Start, byteCount: size)
            quote.storeBytes(of: UInt8(ascii: "\""), toByteOffset: size &+ 1, as: UInt8.self)
            quote.storeBytes(of: UInt8(ascii: ":"), toByteOffset: size &+ 2, as: UInt8.self)
            return comma &+ size &+ 3
        }
        needsComma = false
    }

    /// Writes a key made at run time, escaped like a value. Disfavoured, so that a literal takes the other overload.
    @_disfavoredOverload
    package mutating func key(_ name: String) {
        value(name)
        emit(atMost: 1) { start in
            start.storeBytes(of: UInt8(ascii: ":"), as: UInt8.self)
            return 1
        }
        needsComma = false
    }

    @inlinable
    mutating func begin(_ bracket: UInt8) {
        separated(atMost: 1) { start in
            start.storeBytes(of: bracket, as: UInt8.self)
            return 1
        }
        needsComma = false
        depth &+= 1
    }

    @inlinable
    mutating func end(_ bracket: UInt8) {
        assert(depth > 0, "a container ends that was not begun")
        emit(atMost: 1) { start in
            start.storeBytes(of: bracket, as: UInt8.self)
            return 1
        }
        needsComma = true
        depth &-= 1
    }
}
