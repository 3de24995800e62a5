// SPDX-License-Identifier: Apache-2.0

/// A member's key, still in the scanner's input; valid only while that input is.
@usableFromInline
package struct JSONKey {
    @usableFromInline let token: StringToken

    @inlinable
    init(_ token: StringToken) {
        self.token = token
    }

    /// Whether the key is `name`, by bytes of UTF-8 and without building a String.
    @inlinable @inline(__always)
    package static func == (key: JSONKey, name: StaticString) -> Bool {
        key.matches(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// Lets a `switch` over a key list literals.
    @inlinable @inline(__always)
    package static func ~= (name: StaticString, key: JSONKey) -> Bool {
        key == name
    }

    /// Whether the key, decoded, is `name`, given as UTF-8.
    @inlinable @inline(__always)
    package func matches(_ name: UnsafeRawBufferPointer) -> Bool {
        if token.hasEscapes { return matchesDecoded(name) }
        guard token.bytes.count == name.count else { return false }
        guard let left = token.bytes.baseAddress, let right = name.baseAddress else { return true }
        return Self.areEqual(left, right, count: name.count)
    }

    /// Compares overlapping words instead of bytes. The compiler knows the length of a literal, so one or two integer
    /// comparisons remain. (`memcmp` would do the same, but every importer would then see Glibc.)
    @inlinable @inline(__always)
    static func areEqual(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int) -> Bool {
        if count >= 8 {
            var at = 0
            while at &+ 8 < count {
                guard areEqual(left, right, at: at, as: UInt64.self) else { return false }
                at &+= 8
            }
            return areEqual(left, right, at: count &- 8, as: UInt64.self)
        }
        if count >= 4 {
            return areEqual(left, right, at: 0, as: UInt32.self)
                && areEqual(left, right, at: count &- 4, as: UInt32.self)
        }
        if count >= 2 {
            return areEqual(left, right, at: 0, as: UInt16.self)
                && areEqual(left, right, at: count &- 2, as: UInt16.self)
        }
        return count == 0 || areEqual(left, right, at: 0, as: UInt8.self)
    }

    @inlinable @inline(__always)
    static func areEqual<Word: FixedWidthInteger & BitwiseCopyable>(
        _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, at offset: Int, as type: Word.Type
    ) -> Bool {
        left.loadUnaligned(fromByteOffset: offset, as: type) == right.loadUnaligned(fromByteOffset: offset, as: type)
    }

    @usableFromInline
    func matchesDecoded(_ name: UnsafeRawBufferPointer) -> Bool {
        var name = name[...]
        for byte in token.string.utf8 where name.popFirst() != byte { return false }
        return name.isEmpty
    }
}

extension String {
    /// The key, decoded.
    package init(_ key: JSONKey) {
        self = key.token.string
    }
}
