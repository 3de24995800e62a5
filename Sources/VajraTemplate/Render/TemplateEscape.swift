// SPDX-License-Identifier: Apache-2.0

/// How a value is written into its place, so that it cannot end what it stands in.
package enum TemplateEscape: String, Sendable, CaseIterable {
    /// As it is.
    case raw
    /// Percent-encoded, all but RFC 3986's unreserved characters: A-Z a-z 0-9 - . _ ~
    case url
    /// As the inside of a JSON string (RFC 8259 7).
    case json

    /// Writes the bytes, which are UTF-8.
    func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        switch self {
        case .raw: output.append(contentsOf: bytes)
        case .url: for byte in bytes { Self.appendEncoded(byte, &output) }
        case .json: for byte in bytes { Self.appendQuoted(byte, &output) }
        }
    }

    private static func appendEncoded(_ byte: UInt8, _ output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            output.append(byte)
        default:
            output.append(UInt8(ascii: "%"))
            output.append(digit(byte >> 4, tens: UInt8(ascii: "A")))
            output.append(digit(byte & 15, tens: UInt8(ascii: "A")))
        }
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
    static func digit(_ value: UInt8, tens: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") &+ value : tens &+ (value &- 10)
    }
}
