// SPDX-License-Identifier: Apache-2.0

/// Why a text is not the JSON that its reader asked for, and at which byte.
///
/// It holds only plain values, so throwing allocates nothing, and a bad line is as cheap as a good one.
@usableFromInline
package struct JSONError: Error, Equatable, Sendable {
    /// Bytes before the fault, from 0 at the first byte given to the scanner.
    @usableFromInline
    package let offset: Int

    /// What is wrong there.
    @usableFromInline
    package let kind: Kind

    /// Makes an error. A decoder uses `.rejected` to refuse a well-formed value.
    @inlinable
    package init(offset: Int, kind: Kind) {
        self.offset = offset
        self.kind = kind
    }

    /// What the grammar allows where another byte was found.
    @usableFromInline
    package enum Expectation: String, Sendable {
        /// Any value.
        case value = "a value"
        /// The opening quote of a key.
        case key = "a key in double quotes"
        /// What follows a key.
        case colon = "':' after the key"
        /// What follows a member's value.
        case commaOrBrace = "',' or '}'"
        /// What follows an element.
        case commaOrBracket = "',' or ']'"
        /// What must follow `-`, `.` and `e`.
        case digit = "a digit"
        /// What follows the outermost value.
        case end = "nothing but white space after the value"
    }

    /// The faults, one each.
    @usableFromInline
    package enum Kind: Equatable, Sendable {
        /// The text stops within a value, or holds none.
        case unexpectedEnd(expected: Expectation)
        /// A byte that the grammar does not allow there.
        case unexpectedByte(UInt8, expected: Expectation)
        /// The text begins with a byte order mark, which RFC 8259 (8.1) forbids to send.
        case byteOrderMark
        /// A well-formed value, but not of the kind asked for.
        case wrongKind(expected: JSONKind, found: JSONKind)
        /// A word that begins like `true`, `false` or `null` and is none of them.
        case unknownWord
        /// A number that begins with a superfluous zero.
        case leadingZero
        /// A number with a fraction where an integer was asked for.
        case notAnInteger
        /// An integer that the asked-for type cannot hold.
        case integerOutOfRange
        /// A number beyond the largest finite Double.
        case numberOutOfRange
        /// A string whose closing quote is missing; the offset is that of its opening quote.
        case unterminatedString
        /// A raw byte below 0x20 in a string.
        case controlCharacter(UInt8)
        /// A backslash followed by none of `"\/bfnrtu`, or `\u` not followed by four hex digits.
        case invalidEscape
        /// Half of a UTF-16 surrogate pair.
        case loneSurrogate
        /// Bytes in a string that are not UTF-8.
        case invalidUTF8
        /// Containers nested deeper than `JSONScanner.depthLimit`.
        case tooDeep
        /// The decoder asked for a second value where there is one.
        case valueAlreadyRead
        /// The decoder swallowed an error in the middle of a container.
        case valueHalfRead
        /// The decoder's own complaint about a well-formed value.
        case rejected(String)

        /// Compares by message, which no two faults share, because StaticString is not Equatable.
        @usableFromInline
        package static func == (left: Kind, right: Kind) -> Bool {
            left.message == right.message
        }
    }
}

extension JSONError: CustomStringConvertible {
    /// `byte 17: expected ':' after the key, found '}'`.
    @usableFromInline
    package var description: String {
        "byte \(offset): \(kind.message)"
    }
}
