// SPDX-License-Identifier: Apache-2.0

/// What may stand in a place, as data: hints are made from it, and whatever else is to agree with the reader.
indirect enum ConfigShape: Sendable {
    /// Any text.
    case text
    /// An arrival rate such as `10k/s`.
    case rate
    /// A length of time such as `1m30s`.
    case length
    /// A whole number in decimal digits.
    case integer(ClosedRange<Int64>)
    /// A list of one kind.
    case list(of: ConfigShape)
    /// A mapping from names of the user's choice.
    case named(ConfigShape)
    /// A mapping of these keys.
    case mapping([ConfigKey])
    /// One of these words, or a mapping of one of these keys.
    case choice(words: [String], keys: [ConfigKey])
    /// One or the other.
    case either(ConfigShape, ConfigShape)

    /// How messages call it: `text`, `a rate`, `a whole number from 1 to 8`.
    var kind: String {
        switch self {
        case .text: "text"
        case .rate: "a rate"
        case .length: "a length of time"
        case .integer(let range) where range.count == 1: String(range.lowerBound)
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .list: "a list"
        case .named, .mapping: "a mapping"
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
    let isRequired: Bool
    let shape: ConfigShape
}
