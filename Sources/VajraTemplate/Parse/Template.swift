// SPDX-License-Identifier: Apache-2.0

// What a template's text may hold besides itself:
//
//     {{iteration}}                 the iteration's index in its scenario, from 0
//     {{random 1 1000}}             a whole number from 1 to 1000, both included
//     {{uuid}}                      a UUID of version 4
//     {{feed.users.name}}           a cell of the iteration's row of the feed "users"
//     {{random 1 6 as die}}         the same number wherever the request says "as die"; {{uuid as order}} likewise
//     {{feed.users.name | url}}     escaped in this way instead of the usual one: url, json or raw
//     {{{{                          the two characters "{{"

/// A text, cut into plain parts and values of the iteration.
package struct Template: Sendable, Equatable {
    /// A part of the text.
    package enum Piece: Sendable, Equatable {
        /// Plain text.
        case text(String)
        /// What stands between braces.
        case value(TemplateReference)
    }

    /// The parts, in order; no two texts next to each other, and none empty.
    package let pieces: [Piece]

    /// A template of these parts.
    package init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// Cuts a text.
    ///
    /// - Throws: the first ``TemplateFault``.
    package init(parsing text: String) throws(TemplateFault) {
        let bytes = Array(text.utf8)
        var pieces: [Piece] = []
        var plain: [UInt8] = []
        func endText() {
            if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
            plain = []
        }
        var at = 0
        while at < bytes.count {
            guard Self.isPair(bytes, at, Self.open) else {
                plain.append(bytes[at])
                at += 1
                continue
            }
            if Self.isPair(bytes, at + 2, Self.open) {
                plain += [Self.open, Self.open]
                at += 4
                continue
            }
            guard let end = (at + 2..<bytes.count).first(where: { Self.isPair(bytes, $0, Self.close) }) else {
                throw TemplateFault(
                    "{{", at: at, "is not closed", .write("add }}, or write {{{{ for the two characters themselves"))
            }
            endText()
            let source = String(decoding: bytes[at..<end + 2], as: UTF8.self)
            pieces.append(.value(try TemplateReference(source, at: at)))
            at = end + 2
        }
        endText()
        self.pieces = pieces
    }

    /// What stands between braces, in order.
    package var references: [TemplateReference] {
        pieces.compactMap { if case .value(let reference) = $0 { reference } else { nil } }
    }

    /// The text, if it is the same for every iteration.
    package var constant: String? {
        guard references.isEmpty else { return nil }
        guard case .text(let text)? = pieces.first else { return "" }
        return text
    }

    private static let open = UInt8(ascii: "{")
    private static let close = UInt8(ascii: "}")

    private static func isPair(_ bytes: [UInt8], _ at: Int, _ byte: UInt8) -> Bool {
        at + 1 < bytes.count && bytes[at] == byte && bytes[at + 1] == byte
    }
}
