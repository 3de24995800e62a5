// SPDX-License-Identifier: Apache-2.0

/// Which line numbers of one source have come, as ranges: memory grows with the gaps, not with the lines.
package struct SequenceRanges: Sendable, Equatable {
    private var ranges: [ClosedRange<UInt64>] = []
    private let limit: Int

    /// Keeps at most `limit` ranges (at least 1) of 16 bytes each. A number that would begin one more is forgotten. It
    /// stays among the missing, so a source never counts as complete by mistake.
    package init(limit: Int = .max) {
        self.limit = max(1, limit)
    }

    /// The highest number that has come; 0 before the first.
    package var highest: UInt64 { ranges.last?.upperBound ?? 0 }

    /// Numbers below the highest that have not come.
    package var missing: UInt64 {
        highest - ranges.reduce(0) { $0 + ($1.upperBound - $1.lowerBound + 1) }
    }

    /// Adds a number (from 1); false when it had come already.
    package mutating func insert(_ number: UInt64) -> Bool {
        if let last = ranges.last, number > last.upperBound {
            if number == last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                begin(number, at: ranges.count)
            }
            return true
        }
        let index = firstRange(endingAtOrAfter: number)
        guard index < ranges.count else {
            ranges.append(number...number)
            return true
        }
        if ranges[index].contains(number) { return false }
        let joinsNext = number + 1 == ranges[index].lowerBound
        let joinsPrevious = index > 0 && ranges[index - 1].upperBound + 1 == number
        switch (joinsPrevious, joinsNext) {
        case (true, true):
            ranges[index - 1] = ranges[index - 1].lowerBound...ranges[index].upperBound
            ranges.remove(at: index)
        case (true, false): ranges[index - 1] = ranges[index - 1].lowerBound...number
        case (false, true): ranges[index] = number...ranges[index].upperBound
        case (false, false): begin(number, at: index)
        }
        return true
    }

    /// A binary search: an export's files are read one after the other, and each leaves a gap for every line of another
    /// kind.
    private func firstRange(endingAtOrAfter number: UInt64) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func begin(_ number: UInt64, at index: Int) {
        guard ranges.count < limit else {
            // The highest number must stay known, or the numbers below it would be missing without being counted.
            if index == ranges.count { ranges[index - 1] = number...number }
            return
        }
        ranges.insert(number...number, at: index)
    }
}
