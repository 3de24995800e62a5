// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// What a value may look like, as data. Hints, the JSON Schema and the paths of variables are made from it.
indirect enum ConfigShape: Sendable {
    /// A text of this form.
    case text(TextForm = .any)
    /// An arrival rate such as `10k/s`, from 0 or above it.
    case rate(isPositive: Bool = false)
    /// A length of time such as `1m30s`, from 0 or above it.
    case length(isPositive: Bool = false)
    /// A whole number in decimal digits.
    case integer(ClosedRange<Int64>)
    /// A list of at least one of a kind.
    case list(of: ConfigShape)
    /// The same list, in which at least one item has one of these keys.
    case listWith(anyOf: [String], of: ConfigShape)
    /// A mapping with at least this many names of the user's choice.
    case named(ConfigShape, names: TextForm = .any, atLeast: Int = 0)
    case mapping([ConfigKey])
    /// An empty mapping, or nothing at all.
    case nothing
    /// One of these words, or a mapping of one of these keys.
    case choice(words: [String], keys: [ConfigKey])
    /// One or the other.
    case either(ConfigShape, ConfigShape)

    /// The form of a text. The checks in code are at least as strict.
    struct TextForm: Sendable, Equatable {
        /// Regular expressions (ECMA 262, without flags) that it must all match.
        var patterns: [String] = []
        var shortest = 0
        var longest: Int?
        /// Which numbers and truth values can be such a text, when they stand without quotes.
        var bare = Bare.all

        /// Values without quotes that are no text in YAML or JSON.
        enum Bare: Sendable, Equatable {
            case all
            case none
            case integers(ClosedRange<Int64>)
            case truths
        }

        static let any = TextForm()
        static let notEmpty = TextForm(shortest: 1)
    }

    /// How messages call it: `text`, `a rate`, `a whole number from 1 to 8`.
    var kind: String {
        switch self {
        case .text: "text"
        case .rate: "a rate"
        case .length: "a length of time"
        case .integer(let range) where range.count == 1: String(range.lowerBound)
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .list, .listWith: "a list"
        case .named, .mapping: "a mapping"
        case .nothing: "nothing"
        case .choice(let words, let keys): Self.kind(words, keys.map(\.name).filter { !words.contains($0) })
        case .either(let one, let other): "\(one.kind) or \(other.kind)"
        }
    }

    private static func kind(_ words: [String], _ keys: [String]) -> String {
        if keys.isEmpty { return "one of \(Quotation.list(words))" }
        let mapping = "a mapping of one of \(Quotation.list(keys))"
        return words.isEmpty ? mapping : "\(Quotation.list(words)) or \(mapping)"
    }
}

/// A key of a mapping, as data.
struct ConfigKey: Sendable {
    let name: String
    /// What it is for, as a sentence.
    let about: String
    let isRequired: Bool
    let shape: ConfigShape
    /// The default; nil if there is none.
    var fallback: JSONValue?
}

extension ConfigShape {
    /// The shape of the values that pass a check, as far as a pattern can express it.
    func matching(_ pattern: String?, shortest: Int, longest: Int?) -> ConfigShape {
        guard case .text(var form) = self else { return self }
        if let pattern { form.patterns.append(pattern) }
        form.shortest = max(form.shortest, shortest)
        form.longest = longest ?? form.longest
        return .text(form)
    }
}
