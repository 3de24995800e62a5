// SPDX-License-Identifier: Apache-2.0

/// Finds the value that a variable's name stands for. The name has each key of the path in capitals, with `_` for every
/// character but A-Z and 0-9, list items as numbers from 0, and `_` between the parts.
///
/// `VAJRA_SCENARIOS_BROWSE_LOAD_0_CONSTANT_RATE` → `scenarios.browse.load[0].constant.rate`
struct VariablePaths {
    /// A value that a name may stand for, and how many letters of the name are wrong.
    struct Match {
        var path: ConfigPath
        /// The name as it should be, in words.
        var words: [String]
        /// How many letters are wrong.
        var mistakes = 0
    }

    /// A part that a value has or may have.
    private struct Part {
        let step: ConfigPath.Step
        let shape: ConfigShape
        let node: ConfigNode?

        var words: [String] {
            switch step {
            case .key(let key): VariablePaths.words(of: key)
            case .item(let index): [String(index)]
            }
        }
    }

    /// Whether misspelled names match too.
    let forgives: Bool

    /// The words of a key: `max_in_flight` → `MAX`, `IN`, `FLIGHT`.
    static func words(of key: String) -> [String] {
        let capitals = key.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return capitals.split(separator: "_", omittingEmptySubsequences: false).map { String($0) }
    }

    /// All leaves below a value that the words can stand for.
    func matches(_ words: ArraySlice<String>, in shape: ConfigShape, _ node: ConfigNode?) -> [Match] {
        if words.isEmpty { return shape.isLeaf ? [Match(path: ConfigPath(), words: [])] : [] }
        return Self.parts(of: shape, node).flatMap { part -> [Match] in
            let own = part.words
            return starts(of: own, in: words).flatMap { start -> [Match] in
                matches(words.dropFirst(start.length), in: part.shape, part.node).map { match in
                    var match = match
                    match.path.steps.insert(part.step, at: 0)
                    match.words.insert(contentsOf: own, at: 0)
                    match.mistakes += start.mistakes
                    return match
                }
            }
        }
    }

    /// The longest beginning of the name that is right, and the words that may follow it.
    static func longestStart(
        _ words: ArraySlice<String>, in shape: ConfigShape, _ node: ConfigNode?
    ) -> (words: [String], next: [String]) {
        let parts = parts(of: shape, node)
        var best: (words: [String], next: [String]) = ([], parts.map { $0.words.joined(separator: "_") })
        for part in parts where words.starts(with: part.words) {
            let further = longestStart(words.dropFirst(part.words.count), in: part.shape, part.node)
            if part.words.count + further.words.count > best.words.count {
                best = (part.words + further.words, further.next)
            }
        }
        return best
    }

    /// How many of the words may be the part's name, and with how many mistakes.
    private func starts(of own: [String], in words: ArraySlice<String>) -> [(length: Int, mistakes: Int)] {
        if words.starts(with: own) { return [(own.count, 0)] }
        guard forgives else { return [] }
        let name = own.joined(separator: "_")
        return (max(1, own.count - 1)...(own.count + 1)).compactMap { length in
            guard length <= words.count else { return nil }
            let written = words.prefix(length).joined(separator: "_")
            guard written.utf8.count <= Spelling.longestWord else { return nil }
            let mistakes = Spelling.distance(Array(written.utf8), Array(name.utf8))
            return mistakes <= max(1, name.utf8.count / 3) ? (length, mistakes) : nil
        }
    }

    private static func parts(of shape: ConfigShape, _ node: ConfigNode?) -> [Part] {
        switch (shape, node?.content) {
        case (.mapping(let keys), nil), (.mapping(let keys), .mapping):
            keys.map { Part(step: .key($0.name), shape: $0.shape, node: node?[$0.name]) }
        case (.named(let value, _, _), .mapping(let members)):
            members.map { Part(step: .key($0.key), shape: value, node: $0.value) }
        case (.list(let item), .list(let items)), (.listWith(_, let item), .list(let items)):
            items.enumerated().map { Part(step: .item($0.offset), shape: item, node: $0.element) }
        case (.choice(_, let keys), let content):
            keys.filter { key in
                switch content {
                case nil: true
                case .scalar(let scalar): scalar.text == key.name
                case .mapping: node?[key.name] != nil
                case .list: false
                }
            }
            .map { Part(step: .key($0.name), shape: $0.shape, node: node?[$0.name]) }
        case (.either(let one, let other), _): parts(of: one, node) + parts(of: other, node)
        default: []
        }
    }
}

extension ConfigShape {
    /// Whether a text can be the whole value.
    fileprivate var isLeaf: Bool {
        switch self {
        case .text, .rate, .length, .integer: true
        case .choice(let words, _): !words.isEmpty
        case .either(let one, let other): one.isLeaf || other.isLeaf
        case .list, .listWith, .named, .mapping, .nothing: false
        }
    }
}
