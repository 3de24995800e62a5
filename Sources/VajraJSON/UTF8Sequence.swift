// SPDX-License-Identifier: Apache-2.0

/// One UTF-8 sequence beyond ASCII, judged by table 3-7 of the Unicode Standard (well-formed byte sequences).
///
///     first    second   third    fourth
///     C2…DF    80…BF
///     E0       A0…BF    80…BF             no overlong form of U+0000…U+07FF
///     E1…EC    80…BF    80…BF
///     ED       80…9F    80…BF             no surrogate
///     EE…EF    80…BF    80…BF
///     F0       90…BF    80…BF    80…BF    no overlong form of U+0800…U+FFFF
///     F1…F3    80…BF    80…BF    80…BF
///     F4       80…8F    80…BF    80…BF    nothing above U+10FFFF
struct UTF8Sequence {
    /// Whether the bytes are a character.
    let isValid: Bool

    /// Bytes of the character or, when invalid, of the longest prefix of one (at least 1), which one U+FFFD replaces.
    let length: Int

    /// Judges the sequence that begins at `start`, whose byte is 0x80 or above, and looks at no byte from `end` on.
    init(_ base: UnsafeRawPointer, at start: Int, end: Int) {
        let first = base.load(fromByteOffset: start, as: UInt8.self)
        let wanted: Int
        var allowed: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: wanted = 2
        case 0xE0: (wanted, allowed) = (3, 0xA0...0xBF)
        case 0xED: (wanted, allowed) = (3, 0x80...0x9F)
        case 0xE1...0xEF: wanted = 3
        case 0xF0: (wanted, allowed) = (4, 0x90...0xBF)
        case 0xF1...0xF3: wanted = 4
        case 0xF4: (wanted, allowed) = (4, 0x80...0x8F)
        default: wanted = 0
        }
        var found = 1
        while found < wanted, start + found < end,
            allowed.contains(base.load(fromByteOffset: start + found, as: UInt8.self))
        {
            found += 1
            allowed = 0x80...0xBF
        }
        isValid = found == wanted
        length = found
    }
}
