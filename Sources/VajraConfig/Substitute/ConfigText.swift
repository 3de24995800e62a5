// SPDX-License-Identifier: Apache-2.0

/// A scalar's text after substitution, with what messages about it need.
struct ConfigText {
    /// The text that counts.
    let text: String
    /// The text that may be shown: what came from files is `[redacted]`.
    let shown: String
    /// Whether something came from a file.
    let isSecret: Bool
    /// Where the scalar begins.
    let place: TextPlace
    /// How many columns after `place` the text begins; nil if columns within the text mean nothing.
    let textColumn: Int?

    /// The place of a UTF-8 offset into the text, or of the scalar if that is unknown.
    func place(atByte offset: Int) -> TextPlace {
        guard let textColumn else { return place }
        let before = text.utf8.prefix(max(0, offset)).count { $0 & 0xC0 != 0x80 }
        return place.advanced(by: textColumn + before)
    }

    /// The text as a message may show it.
    var quoted: String { Quotation.quote(Redaction.withoutUserInfo(shown)) }
}
