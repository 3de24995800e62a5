// SPDX-License-Identifier: Apache-2.0

// JSON writes a character above U+FFFF as two escapes, which YAML does not know; the two become YAML's one:
//
//     {"a": "\uD83D\uDE00", "b": 1}     before
//     {"a": "\U0001F600"  , "b": 1}     after: two spaces make good the width, so that all places hold

/// Joins the escaped surrogate pairs of a JSON text for a YAML parser.
enum JSONSurrogates {
    /// The text with its pairs joined; any text that is not JSON by its first looks is returned as it is.
    static func joined(_ bytes: [UInt8]) -> [UInt8] {
        guard isJSON(bytes) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var isInString = false
        var padding = 0
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if isInString, byte == UInt8(ascii: "\\") {
                if let scalar = pair(bytes, at: at) {
                    let digits = String(scalar, radix: 16, uppercase: true)
                    result += "\\U\(String(repeating: "0", count: 8 - digits.utf8.count))\(digits)".utf8
                    padding += 2
                    at += 12
                } else {
                    result += bytes[at..<min(at + 2, bytes.count)]
                    at += 2
                }
                continue
            }
            result.append(byte)
            at += 1
            if byte == UInt8(ascii: "\"") {
                isInString.toggle()
                if !isInString {
                    result += repeatElement(UInt8(ascii: " "), count: padding)
                    padding = 0
                }
            }
        }
        return result
    }

    /// Whether it looks like JSON and has an escaped pair; in YAML's own styles those bytes may stand for themselves.
    private static func isJSON(_ bytes: [UInt8]) -> Bool {
        let space: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        guard let first = bytes.first(where: { !space.contains($0) }), first == UInt8(ascii: "{") else { return false }
        var isInString = false
        var hasSurrogate = false
        var at = 0
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\\") where isInString:
                hasSurrogate = hasSurrogate || pair(bytes, at: at) != nil
                at += 1
            case UInt8(ascii: "\""): isInString.toggle()
            // JSON has neither single quotes nor comments, in which a double quote would open nothing.
            case UInt8(ascii: "'") where !isInString, UInt8(ascii: "#") where !isInString: return false
            default: break
            }
            at += 1
        }
        return hasSurrogate
    }

    /// The scalar above U+FFFF that the 12 bytes at `at` escape, or nil.
    private static func pair(_ bytes: [UInt8], at: Int) -> UInt32? {
        guard let high = unit(bytes, at: at), (0xD800..<0xDC00).contains(high),
            let low = unit(bytes, at: at + 6), (0xDC00..<0xE000).contains(low)
        else { return nil }
        return 0x1_0000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    /// The code unit of the escape `\uXXXX` at `at`, or nil.
    private static func unit(_ bytes: [UInt8], at: Int) -> UInt32? {
        guard at + 6 <= bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
            return nil
        }
        let digits = bytes[(at + 2)..<(at + 6)]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
