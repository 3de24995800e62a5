// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// What stands between braces: which value, and how it is escaped.
package struct TemplateReference: Sendable, Equatable {
    package enum Value: Sendable, Equatable {
        /// The iteration's index.
        case iteration
        /// A whole number within the range; the same for each with that name in one request.
        case random(ClosedRange<Int64>, name: String?)
        /// A UUID; the same for each with that name in one request.
        case uuid(name: String?)
        /// A cell of the iteration's row of a feed.
        case feed(String, column: String)
    }

    package let value: Value
    /// How it is escaped; nil for the usual way.
    package let escape: TemplateEscape?
    /// The text with its braces.
    package let source: String
    /// Where it begins in the template's text, in UTF-8 bytes.
    package let offset: Int

    init(_ source: String, at offset: Int) throws(TemplateFault) {
        self.source = source
        self.offset = offset
        func fault(_ cause: String, _ remedy: TemplateFault.Remedy) -> TemplateFault {
            TemplateFault(source, at: offset, cause, remedy)
        }
        var inside = Self.trimmed(source.utf8.dropFirst(2).dropLast(2))
        if let bar = inside.lastIndex(of: UInt8(ascii: "|")) {
            let name = Self.text(Self.trimmed(inside[inside.index(after: bar)...]))
            guard let escape = TemplateEscape(rawValue: name) else {
                throw fault(
                    "is escaped in no known way", .oneOf(TemplateEscape.allCases.map(\.rawValue), insteadOf: name))
            }
            self.escape = escape
            inside = Self.trimmed(inside[..<bar])
        } else {
            escape = nil
        }
        let words = inside.split(separator: UInt8(ascii: " ")).map { Self.text($0) }
        switch words.first {
        case nil: throw fault("is empty", .write("write {{iteration}}, or {{{{ for the two characters {{"))
        case "iteration":
            guard words.count == 1 else { throw fault("takes nothing", .write("write {{iteration}}")) }
            value = .iteration
        case "uuid":
            guard let name = Self.name(words.dropFirst()) else {
                throw fault("takes no number", .write("write {{uuid}} or {{uuid as NAME}}"))
            }
            value = .uuid(name: name.text)
        case "random":
            guard words.count >= 3, let low = Int64(words[1]), let high = Int64(words[2]),
                let name = Self.name(words.dropFirst(3))
            else { throw fault("needs two whole numbers", .write("write {{random 1 1000}}")) }
            guard low <= high else {
                throw fault("has its numbers the wrong way round", .write("write {{random \(high) \(low)}}"))
            }
            value = .random(low...high, name: name.text)
        case let word? where word == "feed" || word.rest(after: "feed.") != nil:
            guard let (name, column) = Self.text(inside).rest(after: "feed.")?.cut(at: "."), !name.isEmpty,
                !column.isEmpty
            else { throw fault("names no feed and column", .write("write {{feed.NAME.COLUMN}}")) }
            value = .feed(name, column: column)
        case let word?:
            throw fault("is no value, and {{ itself is written {{{{", .oneOf(Self.words, insteadOf: word))
        }
    }

    private static let words = ["iteration", "random", "uuid", "feed"]

    /// The name after `as`, if there is one; nil if the words are anything else.
    private static func name(_ words: ArraySlice<String>) -> (text: String?, Void)? {
        if words.isEmpty { return (nil, ()) }
        guard words.count == 2, words.first == "as", let name = words.last, isName(name) else { return nil }
        return (name, ())
    }

    /// Whether the text may name a value or a feed: 1 to 64 of A-Z a-z 0-9 _ -.
    package static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "-")
            }
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
        return text
    }

    private static func text(_ bytes: Substring.UTF8View) -> String { String(Substring(bytes)) }
}
