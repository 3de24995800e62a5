// SPDX-License-Identifier: Apache-2.0

extension JSONError.Kind {
    /// The fault in one sentence, with the remedy if it is not obvious.
    package var message: String {
        switch self {
        case .unexpectedEnd(let expected): "the text ends where it needs \(expected.rawValue); it may be cut short"
        case .unexpectedByte(let byte, let expected): "expected \(expected.rawValue), found \(Self.quoted(byte))"
        case .byteOrderMark: "begins with a byte order mark; save it as UTF-8 without one"
        case .wrongKind(let expected, let found): "expected \(expected.rawValue), found \(found.rawValue)"
        case .unknownWord: "unknown word; only true, false and null stand without quotes"
        case .leadingZero: "a number must not begin with a superfluous 0"
        case .notAnInteger: "expected an integer, found a fraction"
        case .integerOutOfRange: "the integer does not fit the 64 bits it is read into"
        case .numberOutOfRange: "the number is beyond the range of a double"
        case .unterminatedString: "the string that begins here has no closing quote"
        case .controlCharacter(let byte): "\(Self.quoted(byte)) in a string must be written as an escape"
        case .invalidEscape: #"invalid escape; use \" \\ \/ \b \f \n \r \t or \u and four hex digits"#
        case .loneSurrogate: "half of a surrogate pair; write both halves, or the character itself"
        case .invalidUTF8: "the string is not UTF-8"
        case .tooDeep: "nested deeper than \(JSONScanner.depthLimit) levels"
        case .valueAlreadyRead: "the decoder reads a second value where there is one"
        case .valueHalfRead: "the decoder gave up within a value and went on"
        case .rejected(let complaint): complaint.description
        }
    }

    /// A byte as a person can read it: `'}'` when printable, else `byte 0x1F`.
    private static func quoted(_ byte: UInt8) -> String {
        guard (0x20...0x7E).contains(byte) else {
            let hex = String(byte, radix: 16, uppercase: true)
            return "byte 0x" + (hex.count < 2 ? "0" : "") + hex
        }
        return "'\(Unicode.Scalar(byte))'"
    }
}
