// SPDX-License-Identifier: Apache-2.0

/// Which line numbers of one source have come, as ranges: memory is by gaps, not by lines.
struct SequenceRanges: Sendable {
    private var ranges: [ClosedRange<UInt64>] = []

    /// Numbers below the highest that have not come.
    var missing: UInt64 {
        guard let last = ranges.last else { return 0 }
        return last.upperBound - ranges.reduce(0) { $0 + ($1.upperBound - $1.lowerBound + 1) }
    }

    /// Adds a number; false when it had come already.
    mutating func insert(_ number: UInt64) -> Bool {
        if let last = ranges.last, number > last.upperBound {
            if number == last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
            return true
        }
        guard let place = ranges.firstIndex(where: { number <= $0.upperBound }) else {
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
        case (false, false): ranges.insert(number...number, at: place)
        }
        return true
    }
}
