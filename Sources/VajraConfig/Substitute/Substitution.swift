// SPDX-License-Identifier: Apache-2.0

// What a scalar's text may hold besides itself:
//
//     ${NAME}             the environment variable; a fault if it is not set
//     ${NAME:-DEFAULT}    the same, or DEFAULT (up to the next "}", maybe empty) if it is not set or empty
//     ${file:PATH}        the file's text without the line break at its end, a secret from then on
//     $${                 the two characters "${"

/// A part of a scalar's text: plain, or a variable or file to put in.
enum Substitution: Equatable {
    /// Plain text.
    case text(String)
    /// `${name}` or `${name:-fallback}`.
    case variable(name: String, fallback: String?)
    /// `${file:path}`
    case file(path: String)

    /// A part of the text and where it begins.
    struct Part: Equatable {
        let substitution: Substitution
        /// In Unicode scalars from the start of the text.
        let column: Int
    }

    /// Why a text cannot be cut, and where.
    struct Fault: Error, Equatable {
        let message: String
        let hint: String
        /// In Unicode scalars from the start of the text.
        let column: Int
    }

    /// The parts of a text, in order; a text without `${` is one part.
    static func parts(of text: String) throws(Fault) -> [Part] {
        var parts: [Part] = []
        var plain = String.UnicodeScalarView()
        var plainColumn = 0
        var rest = text.unicodeScalars[...]
        var column = 0
        while let scalar = rest.first {
            if scalar == "$", rest.starts(with: "$${".unicodeScalars) {
                plain += "${".unicodeScalars
                rest = rest.dropFirst(3)
                column += 3
            } else if scalar == "$", rest.starts(with: "${".unicodeScalars) {
                if !plain.isEmpty { parts.append(Part(substitution: .text(String(plain)), column: plainColumn)) }
                plain = String.UnicodeScalarView()
                guard let end = rest.firstIndex(of: "}") else {
                    throw Fault(message: "'${' is not closed", hint: "add a }, or write $${ for itself", column: column)
                }
                let inside = rest[..<end].dropFirst(2)
                parts.append(Part(substitution: try reference(inside, at: column), column: column))
                column += inside.count + 3
                plainColumn = column
                rest = rest[rest.index(after: end)...]
            } else {
                plain.append(scalar)
                rest = rest.dropFirst()
                column += 1
            }
        }
        if !plain.isEmpty || parts.isEmpty {
            parts.append(Part(substitution: .text(String(plain)), column: plainColumn))
        }
        return parts
    }

    private static func reference(
        _ inside: Substring.UnicodeScalarView, at column: Int
    ) throws(Fault) -> Substitution {
        let name = inside.prefix { isNamePart($0) }
        let rest = inside[name.endIndex...]
        if String(name) == "file", rest.first == ":", !rest.starts(with: ":-".unicodeScalars) {
            let path = String(rest.dropFirst())
            guard !path.isEmpty else {
                throw Fault(message: "'${file:}' names no file", hint: "write ${file:PATH}", column: column)
            }
            return .file(path: path)
        }
        guard let first = name.first, !("0"..."9").contains(first),
            rest.isEmpty || rest.starts(with: ":-".unicodeScalars)
        else {
            throw Fault(
                message: "\(Quotation.quote("${\(String(inside))}")) is not understood",
                hint: "write ${NAME}, ${NAME:-DEFAULT} or ${file:PATH}, or $${ for itself", column: column)
        }
        guard !rest.isEmpty else { return .variable(name: String(name), fallback: nil) }
        let fallback = String(rest.dropFirst(2))
        guard !fallback.utf8.contains("${".utf8) else {
            throw Fault(
                message: "the default of \(Quotation.quote(String(name))) holds another '${'",
                hint: "defaults are taken as they stand; use one variable", column: column)
        }
        return .variable(name: String(name), fallback: fallback)
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }

    /// The text with each `${` escaped, so that it stands for itself when it is read.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            result.append(scalar)
            if scalar == "$", rest.first == "{" { result.append("$") }
        }
        return String(result)
    }
}
