// SPDX-License-Identifier: Apache-2.0

/// How many columns of a terminal a character takes.
///
/// Source: Unicode 15.1, `EastAsianWidth.txt` (W and F) and `Emoji_Presentation`, as terminals' own `wcwidth` has them.
package enum DisplayWidth {
    /// The blocks of wide characters that are no emoji, ascending.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115f, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0x4dbf, 0x4e00...0xa4cf, 0xa960...0xa97c,
        0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6,
        0x16fe0...0x18dff, 0x1aff0...0x1b2ff, 0x1f200...0x1f265, 0x20000...0x3fffd,
    ]

    /// 0, 1 or 2 columns.
    static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        // The later parts of a Hangul syllable stand on its first.
        if (0x1160...0x11ff).contains(value) { return 0 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation, !isRegional(scalar) { return 2 }
        return wide.contains { $0.contains(value) } ? 2 : 1
    }

    /// The columns of a text, as terminals count them: scalar by scalar.
    package static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    /// The letters that make flags by pairs, each one column wide.
    private static func isRegional(_ scalar: Unicode.Scalar) -> Bool {
        (0x1f1e6...0x1f1ff).contains(scalar.value)
    }
}
