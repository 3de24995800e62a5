// SPDX-License-Identifier: Apache-2.0

/// Reads numbers and unit words from the front of a short text, byte by byte, remembering where it is for the error.
struct UnitScanner {
    /// No valid text is longer.
    static let longestText = 64

    private let bytes: [UInt8]
    private let remedy: String
    private(set) var offset = 0

    /// Takes the text, which must not be empty; `remedy` ends every error, as in "write a length like 250ms".
    init(_ text: String, remedy: String) throws(UnitParseError) {
        bytes = Array(text.utf8.prefix(Self.longestText + 1))
        self.remedy = remedy
        if bytes.isEmpty { throw fault(.empty, "nothing is written") }
        if bytes.count > Self.longestText { throw fault(.tooLong, "more than \(Self.longestText) bytes are written") }
    }

    var isAtEnd: Bool { offset == bytes.count }
    var isAtDigit: Bool { !isAtEnd && bytes[offset].isDigit }

    /// Whether a space comes, and then another number.
    var isAtSpaceBeforeDigit: Bool {
        offset + 1 < bytes.count && bytes[offset] == UInt8(ascii: " ") && bytes[offset + 1].isDigit
    }

    /// Steps over `byte` if it is next.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard !isAtEnd, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    /// Steps over the longest run of letters, which may be empty. Any byte above ASCII counts as a letter, because of
    /// µ.
    mutating func word() -> String {
        let begin = offset
        while !isAtEnd, bytes[offset].isLetter { offset += 1 }
        return String(decoding: bytes[begin..<offset], as: UTF8.self)
    }

    /// Reads digits with an optional fraction; takes no sign, exponent, separator or bare point.
    mutating func decimal() throws(UnitParseError) -> ExactDecimal {
        if !isAtEnd, bytes[offset] == UInt8(ascii: "-") { throw fault(.negative, "it is negative") }
        guard isAtDigit else { throw fault(.notANumber, "a number is missing") }
        var digits: UInt64 = 0
        let begin = offset
        while isAtDigit {
            guard append(to: &digits) else { throw fault(.tooLarge, "the number is too large", at: begin) }
        }
        guard skip(UInt8(ascii: ".")) else { return ExactDecimal(digits: digits, fractionDigits: 0) }
        guard isAtDigit else { throw fault(.notANumber, "a digit is missing after the point") }
        let fraction = offset
        while isAtDigit {
            guard offset - fraction < ExactDecimal.mostFractionDigits, append(to: &digits) else {
                throw fault(.tooFine, "the fraction has too many digits", at: fraction)
            }
        }
        return ExactDecimal(digits: digits, fractionDigits: offset - fraction)
    }

    /// Refuses whatever is left.
    func finish() throws(UnitParseError) {
        if !isAtEnd { throw fault(.trailingText, "something follows it that is not part of it") }
    }

    /// An error of this text, at the scanner's offset unless another one is given.
    func fault(_ code: UnitParseError.Code, _ cause: String, at offset: Int? = nil) -> UnitParseError {
        UnitParseError(code, at: offset ?? self.offset, cause: cause, remedy: remedy)
    }

    private mutating func append(to digits: inout UInt64) -> Bool {
        let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
        let sum = tens.addingReportingOverflow(UInt64(bytes[offset] - UInt8(ascii: "0")))
        // Kept below 2^63 so that a reduced fraction of two such numbers fits signed 64 bits.
        guard !overflow, !sum.overflow, sum.partialValue <= UInt64(Int64.max) else { return false }
        digits = sum.partialValue
        offset += 1
        return true
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    fileprivate var isLetter: Bool { (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self >= 0x80 }
}
