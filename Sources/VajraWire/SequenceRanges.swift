// SPDX-License-Identifier: Apache-2.0

/// Which line numbers of one source have come, as ranges: memory is by gaps, not by lines.
package struct SequenceRanges: Sendable, Equatable {
    private var ranges: [ClosedRange<UInt64>] = []
    private let limit: Int

    /// No number has come. At most `limit` (at least 1) ranges are told apart, of 16 bytes each; a number that would
    /// begin one more is not remembered: it stays among the missing, so that a source is never taken for complete by
    /// mistake.
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
        let place = firstRange(endingAtOrAfter: number)
        guard place < ranges.count else {
            ranges.append(number...number)
            return true
        }
        if ranges[place].contains(number) { return false }
        let joinsNext = number + 1 == ranges[place].lowerBound
        let joinsPrevious = place > 0 && ranges[place - 1].upperBound + 1 == number
        switch (joinsPrevious, joinsNext) {
        case (true, true):
            ranges[place - 1] = ranges[place - 1].lowerBound...ranges[place].upperBound
            ranges.remove(at: place)
        case (true, false): ranges[place - 1] = ranges[place - 1].lowerBound...number
        case (false, true): ranges[place] = number...ranges[place].upperBound
        case (false, false): begin(number, at: place)
        }
        return true
    }

    /// By halves: folders of exported files, read one after the other, leave a range for every line of another kind.
    private func firstRange(endingAtOrAfter number: UInt64) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func begin(_ number: UInt64, at place: Int) {
        guard ranges.count < limit else {
            // The highest number must stay the highest, or numbers after it would be missing without being counted.
            if place == ranges.count { ranges[place - 1] = number...number }
            return
        }
        ranges.insert(number...number, at: place)
    }
}
