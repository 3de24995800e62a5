// SPDX-License-Identifier: Apache-2.0

/// How often each of a few names came. Bounded: names beyond the first hundred are counted as `other`, so that a task
/// that puts an id into its failure kinds, or a damaged stream, cannot fill the memory or a line.
package struct NamedCounts: Sendable, Equatable {
    /// How many different names are kept.
    package static let nameLimit = 100
    /// How many bytes of a name are kept.
    package static let nameLength = 64
    /// The name of those beyond the limit.
    package static let rest = "other"

    private var counts: [String: UInt64] = [:]

    /// No names.
    package init() {}

    /// Counts `count` more of a name.
    package mutating func add(_ name: String, _ count: UInt64 = 1) {
        if let known = counts.index(forKey: name) {
            counts.values[known] &+= count
        } else if name.utf8.count > NamedCounts.nameLength {
            add(String(decoding: name.utf8.prefix(NamedCounts.nameLength), as: UTF8.self), count)
        } else {
            counts[counts.count < NamedCounts.nameLimit ? name : NamedCounts.rest, default: 0] &+= count
        }
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
