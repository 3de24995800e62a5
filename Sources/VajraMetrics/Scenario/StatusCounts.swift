// SPDX-License-Identifier: Apache-2.0

/// How often each result code came: numbers 0 to 599 in a flat array, everything else by name.
package struct StatusCounts: Sendable, Equatable {
    private static let codeLimit = 600

    private var codes: [UInt64] = []
    private var names = NamedCounts()

    package init() {}

    /// Counts one more of a numeric code.
    package mutating func add(code: Int) {
        guard codes.indices.contains(code) else { return addFirst(code) }
        codes[code] &+= 1
    }

    /// Counts a code that the array does not hold, or not yet.
    @inline(never)
    private mutating func addFirst(_ code: Int) {
        guard (0..<StatusCounts.codeLimit).contains(code) else { return add(name: String(code), count: 1) }
        codes = Array(repeating: 0, count: StatusCounts.codeLimit)
        codes[code] = 1
    }

    /// Counts `count` more of a code by its name; a name that is a number below 600 is that number.
    package mutating func add(name: String, count: UInt64) {
        if let code = Int(name), (0..<StatusCounts.codeLimit).contains(code), String(code) == name {
            if codes.isEmpty { codes = Array(repeating: 0, count: StatusCounts.codeLimit) }
            codes[code] &+= count
        } else {
            names.add(name, count)
        }
    }

    /// Adds the other's counts.
    package mutating func merge(_ other: StatusCounts) {
        if codes.isEmpty {
            codes = other.codes
        } else {
            for (code, count) in other.codes.enumerated() where count > 0 { codes[code] &+= count }
        }
        names.merge(other.names)
    }

    /// Name and count of each code seen, numbers first in their order, then names in theirs.
    package var sorted: [(name: String, count: UInt64)] {
        let numbers = codes.enumerated().filter { $0.element > 0 }.map { (String($0.offset), $0.element) }
        return numbers + names.sorted
    }

    /// Two counts are equal when they say the same, whatever storage they have.
    package static func == (left: StatusCounts, right: StatusCounts) -> Bool {
        left.sorted.elementsEqual(right.sorted) { $0 == $1 }
    }
}
