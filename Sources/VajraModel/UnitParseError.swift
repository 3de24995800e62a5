// SPDX-License-Identifier: Apache-2.0

/// Why a rate, length, size or segment could not be read, where in its text, and how to write it instead.
package struct UnitParseError: Error, Equatable, Sendable {
    /// The kind of fault, for code that decides; people read `cause`.
    package enum Code: Sendable {
        case empty
        case tooLong
        case notANumber
        case negative
        case missingUnit
        case unknownUnit
        case wrongOrder
        case tooLarge
        case tooFine
        case outOfRange
        case trailingText
    }

    /// The kind of fault.
    package let code: Code
    /// Where the fault begins: a UTF-8 byte offset into the text that was parsed, from 0 to its length.
    package let offset: Int
    /// What is wrong, as a phrase without a full stop.
    package let cause: String
    /// How to write it, as a phrase without a full stop.
    package let remedy: String

    /// Names a fault at a byte offset of the parsed text.
    package init(_ code: Code, at offset: Int, cause: String, remedy: String) {
        self.code = code
        self.offset = offset
        self.cause = cause
        self.remedy = remedy
    }
}

extension UnitParseError: CustomStringConvertible {
    package var description: String { "\(cause); \(remedy)" }
}
