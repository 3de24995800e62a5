// SPDX-License-Identifier: Apache-2.0

/// Finds the word that was probably meant.
package enum Spelling {
    /// No key is longer, and a longer word would make the search slow.
    static let longestWord = 40

    /// The nearest allowed word, if at most a third of its letters differ; of several, the first.
    package static func nearest(to word: String, among allowed: [String]) -> String? {
        let written = Array(word.lowercased().utf8)
        guard written.count <= longestWord else { return nil }
        let ranked = allowed.map { (name: $0, distance: distance(written, Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, best.name.utf8.count / 3) ? best.name : nil
    }

    /// A hint: the word that the user probably meant, or all allowed words.
    static func hint(for word: String, among allowed: [String]) -> String {
        if let name = nearest(to: word, among: allowed) { return "did you mean \(Quotation.quote(name))?" }
        return "allowed: \(Quotation.list(allowed))"
    }

    /// How many letters must be added, removed, changed or swapped with a neighbour to turn one word into the other.
    ///
    /// The optimal string alignment distance (Damerau 1964): Wagner and Fischer's table, three rows of it at a time.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before: [Int] = []
        var above = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(above[column + 1] + 1, current[column] + 1, above[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            (before, above) = (above, current)
        }
        return above[right.count]
    }
}
