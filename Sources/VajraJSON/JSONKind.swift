// SPDX-License-Identifier: Apache-2.0

/// The six kinds of JSON value, told apart by their first byte.
@usableFromInline
package enum JSONKind: String, Sendable {
    /// `{…}`
    case object
    /// `[…]`
    case array
    /// `"…"`
    case string
    /// Any number; JSON does not tell integers from fractions.
    case number
    /// `true` or `false`
    case bool
    /// `null`
    case null

    /// The kind of value that `byte` begins, or nil when no value begins so.
    @inlinable
    package init?(firstByte byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"): self = .object
        case UInt8(ascii: "["): self = .array
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): self = .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
        case UInt8(ascii: "n"): self = .null
        default: return nil
        }
    }
}
