// SPDX-License-Identifier: Apache-2.0

/// How often each of a few names came. It keeps the hundred names that sort first and counts the rest as `other`. So a
/// task that puts an id into its failure kinds, or a damaged stream, cannot fill the memory or a line.
///
/// The names that are kept depend on the set of all names, not on their order: a name that was pushed out never comes
/// back, and a name that is kept was never out. So merging is associative and commutative.
package struct NamedCounts: Sendable, Equatable {
    /// How many different names are kept.
    package static let nameLimit = 100
    /// How many bytes of a name are kept, at most.
    package static let nameLength = 64
    /// The name that counts all names beyond the limit.
    package static let rest = "other"

    private var counts: [String: UInt64] = [:]

    package init() {}

    /// Counts `count` more of a name.
    package mutating func add(_ name: String, _ count: UInt64 = 1) {
        if let known = counts.index(forKey: name) {
            counts.values[known] &+= count
            return
        }
        counts[NamedCounts.shortened(name), default: 0] &+= count
        let kept = counts.keys.filter { $0 != NamedCounts.rest }
        if kept.count > NamedCounts.nameLimit, let last = kept.max(), let moved = counts.removeValue(forKey: last) {
            counts[NamedCounts.rest, default: 0] &+= moved
        }
    }

    /// As many whole characters as fit `nameLength`.
    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > nameLength else { return name }
        var short = ""
        for character in name.unicodeScalars {
            guard short.utf8.count + character.utf8.count <= nameLength else { break }
            short.unicodeScalars.append(character)
        }
        return short
    }

    /// Adds the other's counts.
    package mutating func merge(_ other: NamedCounts) {
        if counts.isEmpty {
            counts = other.counts
        } else {
            for (name, count) in other.sorted { add(name, count) }
        }
    }

    /// Names and counts in the order of the names.
    package var sorted: [(name: String, count: UInt64)] {
        counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The sum of all counts.
    package var total: UInt64 { counts.values.reduce(0, &+) }
}
