// SPDX-License-Identifier: Apache-2.0

/// The number of some lines, their bytes, times and runs.
package struct LineTally: Sendable, Equatable {
    package private(set) var lines: UInt64 = 0
    /// The bytes of the lines, newlines included.
    package private(set) var bytes: UInt64 = 0
    /// The earliest and latest instant among them, microseconds since the Unix epoch; nil when none has one.
    package private(set) var firstUnixMicroseconds: Int64?
    package private(set) var lastUnixMicroseconds: Int64?
    /// The indices of their runs.
    package private(set) var runs: Set<Int> = []

    package init() {}

    /// Whether there is no line.
    package var isEmpty: Bool { lines == 0 }

    /// Adds a line of `count` bytes, its newline included.
    package mutating func add(_ entry: LineIntake.Entry, bytes count: Int) {
        lines += 1
        bytes += UInt64(count)
        if let run = entry.run { runs.insert(run) }
        widen(entry.firstUnixMicroseconds, entry.lastUnixMicroseconds)
    }

    /// Adds what another tally counted.
    package mutating func add(_ other: LineTally) {
        lines += other.lines
        bytes += other.bytes
        runs.formUnion(other.runs)
        widen(other.firstUnixMicroseconds, other.lastUnixMicroseconds)
    }

    private mutating func widen(_ first: Int64?, _ last: Int64?) {
        if let first { firstUnixMicroseconds = min(firstUnixMicroseconds ?? .max, first) }
        if let last { lastUnixMicroseconds = max(lastUnixMicroseconds ?? .min, last) }
    }
}
