// SPDX-License-Identifier: Apache-2.0

extension Histogram {
    /// Adds every count of `other`: exact, associative and commutative, up to the ceiling of `Int64.max` for each
    /// count.
    package mutating func merge(_ other: Histogram) {
        guard !other.isEmpty else { return }
        // Never `self = other`, even when empty: they would share storage, and the next `record` would copy all of it.
        growStorage(to: other.highIndex + 1)
        for index in other.touchedIndices {
            counts[index] = Self.saturatingSum(counts[index], other.counts[index])
        }
        totalCount = Self.saturatingSum(totalCount, other.totalCount)
        lowIndex = Swift.min(lowIndex, other.lowIndex)
        highIndex = Swift.max(highIndex, other.highIndex)
    }

    /// Forgets every count and keeps the storage; costs time only for the range of buckets that was in use.
    package mutating func reset() {
        for index in touchedIndices {
            counts[index] = 0
        }
        totalCount = 0
        lowIndex = .max
        highIndex = -1
    }
}

extension Histogram: Equatable {
    /// Whether both hold the same counts, however much storage each owns.
    package static func == (first: Histogram, second: Histogram) -> Bool {
        guard first.totalCount == second.totalCount, first.touchedIndices == second.touchedIndices else { return false }
        return first.touchedIndices.allSatisfy { first.counts[$0] == second.counts[$0] }
    }
}
