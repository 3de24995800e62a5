// SPDX-License-Identifier: Apache-2.0

extension ConfigReading {
    private static let prefix = "VAJRA_"

    /// Whether the tools set this variable for the commands that they start, or keep it for themselves.
    private static func isOurs(_ name: String) -> Bool {
        ["VAJRA_RUN_ID", "VAJRA_SCENARIO", "VAJRA_ITERATION", "VAJRA_VERSION", "VAJRA_LOG"].contains(name)
            || name.hasPrefix("VAJRA_LOG_")
    }

    /// The tree with the values of the variables in it. Notes a fault for a variable that fits several values, and a
    /// warning for one that fits none and looks misspelled.
    mutating func overriding(_ tree: ConfigNode, _ shape: ConfigShape) -> ConfigNode {
        var result = tree
        for (name, text) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix(Self.prefix) && !Self.isOurs(name) {
            let rest = name.dropFirst(Self.prefix.count)
            let words = rest.split(separator: "_", omittingEmptySubsequences: false).map { String($0) }
            let place = TextPlace(variable: name)
            // Looks names up in the file's own tree, so that no variable changes the meaning of another.
            let matches = VariablePaths(forgives: false).matches(words[...], in: shape, tree)
            if matches.count > 1 {
                let paths = Quotation.list(matches.map { Quotation.quote($0.path.description) }.sorted())
                fault("it can stand for any of \(paths)", at: place, hint: "unset it, or rename one of them")
            } else if let match = matches.first {
                let scalar = ConfigScalar(text: text, isQuoted: true, textColumn: nil)
                result = result.setting(match.path.steps[...], to: ConfigNode(at: place, .scalar(scalar)))
            } else {
                warnOfUnknown(words, at: place, tree, shape)
            }
        }
        return result
    }

    private mutating func warnOfUnknown(
        _ words: [String], at place: TextPlace, _ tree: ConfigNode, _ shape: ConfigShape
    ) {
        let near = VariablePaths(forgives: true).matches(words[...], in: shape, tree).min { $0.mistakes < $1.mistakes }
        let (start, next) = VariablePaths.longestStart(words[...], in: shape, tree)
        // Other programs may have variables that begin with VAJRA_ too.
        guard near != nil || !start.isEmpty else { return }
        let hint =
            if let near {
                "did you mean '\(Self.prefix)\(near.words.joined(separator: "_"))'?"
            } else if next.isEmpty {
                "\(Self.prefix)\(start.joined(separator: "_")) has no parts"
            } else {
                "after \(Self.prefix)\(start.joined(separator: "_")) may follow: \(Quotation.list(next.prefix(20)))"
            }
        warn("no value of this config has this name, so the variable changes nothing", at: place, hint: hint)
    }
}
