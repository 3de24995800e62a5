// SPDX-License-Identifier: Apache-2.0

/// The date of a cookie, read as leniently as RFC 6265 5.1.1 asks: a time, a day, a month and a year in any order.
enum CookieDate {
    /// The date in seconds since the Unix epoch; nil if it is none.
    static func seconds(_ text: [UInt8]) -> Int64? {
        var time: (Int64, Int64, Int64)?
        var day: Int64?
        var month: Int64?
        var year: Int64?
        for token in text.split(whereSeparator: isDelimiter) {
            if time == nil, let found = Self.time(token) {
                time = found
            } else if day == nil, let found = number(token, digits: 1...2) {
                day = found
            } else if month == nil, let found = Self.month(token) {
                month = found
            } else if year == nil, let found = number(token, digits: 2...4) {
                year = found < 70 ? found + 2000 : found < 100 ? found + 1900 : found
            }
        }
        guard let time, let day, let month, let year, (1...31).contains(day), year >= 1601, time.0 <= 23, time.1 <= 59,
            time.2 <= 59
        else { return nil }
        return daysSinceEpoch(year, month, day) * 86_400 + time.0 * 3600 + time.1 * 60 + time.2
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x20...0x2F, 0x3B...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// The leading digits as a number, if their count is within `digits`.
    private static func number(_ token: ArraySlice<UInt8>, digits: ClosedRange<Int>) -> Int64? {
        let leading = token.prefix(while: ASCII.isDigit)
        guard digits.contains(leading.count) else { return nil }
        return leading.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func time(_ token: ArraySlice<UInt8>) -> (Int64, Int64, Int64)? {
        let parts = token.split(separator: ASCII.colon, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].allSatisfy(ASCII.isDigit), parts[1].allSatisfy(ASCII.isDigit),
            let hour = number(parts[0], digits: 1...2), let minute = number(parts[1], digits: 1...2),
            let second = number(parts[2], digits: 1...2)
        else { return nil }
        return (hour, minute, second)
    }

    private static func month(_ token: ArraySlice<UInt8>) -> Int64? {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let start = String(decoding: token.prefix(3).map(ASCII.lowercased), as: UTF8.self)
        return names.firstIndex(of: start).map { Int64($0 + 1) }
    }

    /// Days of the proleptic Gregorian calendar; the year begins in March, so that a leap day is its last.
    private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let years = month <= 2 ? year - 1 : year
        let months = (month + 9) % 12
        return years * 365 + years / 4 - years / 100 + years / 400 + (months * 306 + 5) / 10 + day - 1 - 719_468
    }
}
