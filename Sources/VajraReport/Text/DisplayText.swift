// SPDX-License-Identifier: Apache-2.0

/// Text that others have written (names, failure kinds), made fit for a terminal.
package enum DisplayText {
    /// The same text without anything that moves the cursor, changes colours or directions, or has a different width on
    /// different terminals. Control characters become `�`, marks of direction go, and joined emoji become the first of
    /// them, without variants.
    package static func safe(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
        var result = String.UnicodeScalarView()
        for character in text {
            var marks = 0
            for scalar in character.unicodeScalars {
                // Some terminals draw joined emoji as one, some as several.
                if scalar == "\u{200d}", character.unicodeScalars.first?.properties.isEmoji == true { break }
                guard !isSkipped(scalar) else { continue }
                if DisplayWidth.of(scalar) == 0 {
                    marks += 1
                    if result.isEmpty || marks > markLimit { continue }
                }
                result.append(isUnsafe(scalar) ? "\u{fffd}" : scalar)
            }
        }
        return String(result)
    }

    /// At most `width` columns; `…` marks a cut.
    static func cut(_ text: String, to width: Int) -> String {
        let text = safe(text)
        if DisplayWidth.of(text) <= width { return text }
        guard width > 0 else { return "" }
        var result = ""
        var used = 1
        for character in text {
            used += DisplayWidth.of(String(character))
            if used > width { break }
            result.append(character)
        }
        return result + "…"
    }

    /// At most `width` columns of a name. It cuts the middle and marks it by `…`, because names that begin alike differ
    /// at their ends.
    static func name(_ text: String, cutTo width: Int) -> String {
        let text = safe(text)
        if DisplayWidth.of(text) <= width || width < 3 { return cut(text, to: width) }
        let head = cut(text, to: width / 2)
        var tail: [Character] = []
        var room = width - DisplayWidth.of(head)
        for character in text.reversed() {
            room -= DisplayWidth.of(String(character))
            if room < 0 { break }
            tail.append(character)
        }
        return head + String(tail.reversed())
    }

    /// No script has more marks on a letter; more would cover other lines.
    private static let markLimit = 4

    private static func isSkipped(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isVariationSelector || scalar.properties.isEmojiModifier
            || scalar.properties.generalCategory == .format
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
        default: false
        }
    }
}
