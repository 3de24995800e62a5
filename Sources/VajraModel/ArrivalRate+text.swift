// SPDX-License-Identifier: Apache-2.0

// A rate is a number, an optional magnitude, and a period. The period is a unit of time or a length:
//
//     500/s    10k/s    2.5/s    30/m    1M/h    1/100ms    500   (a bare number is per second)

extension ArrivalRate {
    private static let remedy = "a rate must be written like 500/s, 10k/s or 30/m"
    private static let second: UInt64 = 1_000_000_000

    /// Reads a rate such as `10k/s`. Refuses rates below 0 or above 10^9/s, and fractions that 64 bits cannot hold.
    package init(parsing text: String) throws(UnitParseError) {
        var scanner = try UnitScanner(text, remedy: Self.remedy)
        let number = try scanner.decimal()
        let magnitudePlace = scanner.offset
        let word = scanner.word()
        guard let magnitude = Self.magnitude(word) else {
            throw scanner.fault(.unknownUnit, "'\(word)' is neither k, M nor G", at: magnitudePlace)
        }
        var period = Self.second
        if scanner.skip(UInt8(ascii: "/")) {
            period = try Self.period(text, in: &scanner)
        } else {
            try scanner.finish()
        }
        let (top, bottom) = reduced(UInt128(number.digits) * magnitude, UInt128(number.scale) * UInt128(period))
        guard top <= bottom else {
            throw scanner.fault(.tooLarge, "it is above 1G/s, one iteration a nanosecond", at: 0)
        }
        guard bottom <= UInt128(Int64.max) else {
            throw scanner.fault(.tooFine, "it has more digits than can be kept exactly", at: 0)
        }
        self.init(lowestTerms: top, bottom)
    }

    private static func magnitude(_ word: String) -> UInt128? {
        switch word {
        case "": 1
        case "k": 1000
        case "M": 1_000_000
        case "G": 1_000_000_000
        default: nil
        }
    }

    private static func period(_ text: String, in scanner: inout UnitScanner) throws(UnitParseError) -> UInt64 {
        let place = scanner.offset
        if scanner.isAtDigit {
            let length: TimeSpan
            do throws(UnitParseError) {
                length = try TimeSpan(parsing: String(decoding: text.utf8.dropFirst(place), as: UTF8.self))
            } catch {
                throw scanner.fault(error.code, "in its period, \(error.cause)", at: place + error.offset)
            }
            guard length > .zero else { throw scanner.fault(.outOfRange, "its period is zero", at: place) }
            return UInt64(length.nanoseconds)
        }
        let word = scanner.word()
        guard !word.isEmpty else { throw scanner.fault(.missingUnit, "no period follows the '/'", at: place) }
        guard let unit = TimeSpan.nanoseconds(in: word) else {
            throw scanner.fault(.unknownUnit, "'\(word)' is not a unit of time", at: place)
        }
        try scanner.finish()
        return unit
    }
}

extension ArrivalRate: CustomStringConvertible {
    /// The canonical spelling, which parses back to the same rate.
    ///
    /// The period is the first of second, minute, hour that gives an exact decimal of at least 1; failing that the
    /// hour, minute or second that gives an exact one; failing that a length: `2.5/s`, `30/m`, `1M/h`, `1/7ns`.
    package var description: String {
        guard iterations > 0 else { return "0/s" }
        let spellings = ["s", "m", "h"].compactMap { unit -> (text: String, atLeastOne: Bool)? in
            let count = UInt128(iterations) * UInt128(TimeSpan.nanoseconds(in: unit)!)
            guard let number = ExactDecimal(count, over: UInt128(period.nanoseconds)) else { return nil }
            return ("\(Self.short(number))/\(unit)", count >= UInt128(period.nanoseconds))
        }
        let best = spellings.first(where: \.atLeastOne) ?? spellings.last
        return best?.text ?? "\(iterations)/\(period)"
    }

    private static func short(_ number: ExactDecimal) -> String {
        guard number.fractionDigits == 0 else { return number.description }
        for (suffix, size) in [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)] as [(String, UInt64)]
        where number.digits.isMultiple(of: size) {
            return "\(number.digits / size)\(suffix)"
        }
        return number.description
    }
}
