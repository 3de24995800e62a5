// SPDX-License-Identifier: Apache-2.0

/// The share of a run that one source owns, written `2/5` for the second of five.
package struct Segment: Hashable, Sendable {
    /// The most sources that may share a run.
    package static let largestCount = 65_536
    /// The only share of an undivided run, `1/1`.
    package static let whole = Segment(checked: 1, of: 1)

    /// Which share, from 1 to `count`.
    package let index: Int
    /// How many shares there are, from 1 to `largestCount`.
    package let count: Int

    /// The share `index` of `count`; nil unless 1 ≤ index ≤ count ≤ `largestCount`.
    package init?(index: Int, of count: Int) {
        guard index >= 1, index <= count, count <= Self.largestCount else { return nil }
        self.init(checked: index, of: count)
    }

    /// Reads a share such as `2/5`.
    package init(parsing text: String) throws(UnitParseError) {
        var scanner = try UnitScanner(text, remedy: "a segment must be written like 2/5, from 1/5 to 5/5")
        let index = try Self.number(in: &scanner)
        guard scanner.skip(UInt8(ascii: "/")) else { throw scanner.fault(.missingUnit, "a '/' is missing") }
        let count = try Self.number(in: &scanner)
        try scanner.finish()
        guard count <= UInt64(Self.largestCount) else {
            throw scanner.fault(.tooLarge, "more than \(Self.largestCount) segments are asked for", at: 0)
        }
        guard index >= 1, index <= count else {
            throw scanner.fault(.outOfRange, "segment \(index) of \(count) does not exist", at: 0)
        }
        self.init(checked: Int(index), of: Int(count))
    }

    private init(checked index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    private static func number(in scanner: inout UnitScanner) throws(UnitParseError) -> UInt64 {
        let place = scanner.offset
        let number = try scanner.decimal()
        guard number.fractionDigits == 0 else {
            throw scanner.fault(.notANumber, "a whole number is wanted", at: place)
        }
        return number.digits
    }
}

extension Segment: CustomStringConvertible {
    /// The share as it is written: `2/5`.
    package var description: String { "\(index)/\(count)" }
}
