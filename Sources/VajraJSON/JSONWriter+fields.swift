// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// Writes a member with a string, escaped.
    @inlinable
    package mutating func field(_ name: StaticString, _ string: String) {
        key(name)
        value(string)
    }

    /// Writes a member with an integer.
    @inlinable
    package mutating func field(_ name: StaticString, _ number: Int) {
        key(name)
        value(number)
    }

    /// Writes a member with an integer.
    @inlinable
    package mutating func field(_ name: StaticString, _ number: Int64) {
        key(name)
        value(number)
    }

    /// Writes a member with an integer.
    @inlinable
    package mutating func field(_ name: StaticString, _ number: UInt64) {
        key(name)
        value(number)
    }

    /// Writes a member with a number; NaN and the infinities become `null`.
    @inlinable
    package mutating func field(_ name: StaticString, _ number: Double) {
        key(name)
        value(number)
    }

    /// Writes a member with a truth value.
    @inlinable
    package mutating func field(_ name: StaticString, _ flag: Bool) {
        key(name)
        value(flag)
    }

    /// Writes a member with a string from outside; what is not UTF-8 in it becomes U+FFFD.
    @inlinable
    package mutating func field(_ name: StaticString, utf8 bytes: UnsafeRawBufferPointer) {
        key(name)
        value(utf8: bytes)
    }

    /// Writes a member with a string from outside; what is not UTF-8 in it becomes U+FFFD.
    @inlinable
    package mutating func field(_ name: StaticString, utf8 bytes: [UInt8]) {
        key(name)
        value(utf8: bytes)
    }

    /// Writes a member with a value that is already encoded.
    @inlinable
    package mutating func field(_ name: StaticString, rawValue bytes: UnsafeRawBufferPointer) {
        key(name)
        rawValue(bytes)
    }
}
