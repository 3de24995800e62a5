// SPDX-License-Identifier: Apache-2.0

/// How a string writes one character that cannot simply be copied: bytes in a word, the first byte lowest.
///
///     U+000A   \n          2 bytes
///     U+001F   \u001f      6 bytes
///     é        C3 A9       2 bytes, as they were
///     FF       EF BF BD    3 bytes, U+FFFD for what is not UTF-8
struct PackedEscape {
    private(set) var bytes: UInt64 = 0
    private(set) var count = 0

    /// Bytes of the input that it stands for.
    let consumed: Int

    /// The escape of the first character of `text`, which is not empty.
    init(first text: UnsafeRawBufferPointer) {
        let byte = text[0]
        if byte >= 0x80, let base = text.baseAddress {
            let sequence = UTF8Sequence(base, at: 0, end: text.count)
            consumed = sequence.length
            if sequence.isValid {
                for index in 0..<sequence.length { append(text[index]) }
            } else {
                (bytes, count) = (0xBDBFEF, 3)
            }
            return
        }
        consumed = 1
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\n"): append(UInt8(ascii: "n"))
        case UInt8(ascii: "\r"): append(UInt8(ascii: "r"))
        case UInt8(ascii: "\t"): append(UInt8(ascii: "t"))
        case 0x20...: append(byte)
        default:
            append(UInt8(ascii: "u"))
            append(UInt8(ascii: "0"))
            append(UInt8(ascii: "0"))
            append(Self.hexDigit(byte >> 4))
            append(Self.hexDigit(byte & 15))
        }
    }

    private mutating func append(_ byte: UInt8) {
        bytes |= UInt64(byte) << UInt64(count * 8)
        count += 1
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
}
