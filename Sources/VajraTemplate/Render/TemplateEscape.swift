// SPDX-License-Identifier: Apache-2.0

/// How a value is escaped, so that it cannot end the text around it.
package enum TemplateEscape: String, Sendable, CaseIterable {
    case raw
    /// Percent-encoded, all but RFC 3986's unreserved characters: A-Z a-z 0-9 - . _ ~
    case url
    /// As the inside of a JSON string (RFC 8259 7).
    case json

    /// Writes the bytes, which are UTF-8.
    func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        // Most cells are words and numbers, and need no escaping.
        if self == .raw || bytes.allSatisfy(Self.isPlain) { return output.append(contentsOf: bytes) }
        for byte in bytes {
            if self == .url { Self.appendEncoded(byte, &output) } else { Self.appendQuoted(byte, &output) }
        }
    }

    /// Whether no way escapes the byte.
    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
    }

    private static func appendEncoded(_ byte: UInt8, _ output: inout [UInt8]) {
        if isPlain(byte) { return output.append(byte) }
        output.append(UInt8(ascii: "%"))
        output.append(digit(byte >> 4, tens: UInt8(ascii: "A")))
        output.append(digit(byte & 15, tens: UInt8(ascii: "A")))
    }

    private static func appendQuoted(_ byte: UInt8, _ output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            output.append(UInt8(ascii: "\\"))
            output.append(byte)
        case 0x0A:
            output.append(UInt8(ascii: "\\"))
            output.append(UInt8(ascii: "n"))
        case 0x0D:
            output.append(UInt8(ascii: "\\"))
            output.append(UInt8(ascii: "r"))
        case 0x09:
            output.append(UInt8(ascii: "\\"))
            output.append(UInt8(ascii: "t"))
        case 0..<0x20:
            output.append(UInt8(ascii: "\\"))
            output.append(UInt8(ascii: "u"))
            output.append(UInt8(ascii: "0"))
            output.append(UInt8(ascii: "0"))
            output.append(digit(byte >> 4, tens: UInt8(ascii: "a")))
            output.append(digit(byte & 15, tens: UInt8(ascii: "a")))
        default: output.append(byte)
        }
    }

    /// The hexadecimal digit of 0...15, in the case of `tens`.
    @inline(__always)
    static func digit(_ value: UInt8, tens: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") &+ value : tens &+ (value &- 10)
    }
}
