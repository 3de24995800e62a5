// SPDX-License-Identifier: Apache-2.0

// A threshold is a measure, a comparison and a bound; spaces between them are optional. It covers one scenario if it
// names one, and all scenarios together if it names none or `total`.
//
//     [SCENARIO.]response_time|service_time|lag.min|mean|max|p50|p99|p99.9…   < <= > >=   250ms
//     [SCENARIO.]failure_rate|drop_rate                                       < <= > >=   1% or 0.01
//     [SCENARIO.]achieved_rate                                                < <= > >=   9k/s
//     [SCENARIO.]planned|started|completed|succeeded|failed|dropped           < <= > >=   1000

extension Threshold {
    /// More bytes than any threshold needs.
    private static let longestText = 200
    private static let remedy =
        "a threshold must be written like 'browse.response_time.p99 < 250ms', 'failure_rate < 1%', 'dropped < 10' or "
        + "'achieved_rate > 9k/s'"
    private static let measures =
        Times.allCases.map { "\($0.rawValue).p99" } + ["failure_rate", "drop_rate", "achieved_rate"]
        + Count.allCases.map(\.rawValue)

    /// Reads a threshold; the error's offset is one of the whole text.
    package init(parsing text: String) throws(UnitParseError) {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 != 0x20 }) else { throw Self.fault(.empty, at: 0, "nothing is written") }
        guard bytes.count <= Self.longestText else {
            throw Self.fault(.tooLong, at: 0, "more than \(Self.longestText) bytes are written")
        }
        guard let sign = bytes.firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }) else {
            let equals = bytes.firstIndex(of: UInt8(ascii: "="))
            throw Self.fault(.missingUnit, at: equals ?? bytes.count, "it compares with none of < <= > >=")
        }
        var end = sign + 1
        if end < bytes.count, bytes[end] == UInt8(ascii: "=") { end += 1 }
        let left = Self.trimmed(bytes[..<sign])
        let right = Self.trimmed(bytes[end...])
        guard let comparison = Comparison(rawValue: String(decoding: bytes[sign..<end], as: UTF8.self)) else {
            throw Self.fault(.notANumber, at: sign, "it compares with none of < <= > >=")
        }
        let (scenario, measure) = try Self.subject(left)
        let bound: (value: Double, text: String)
        if measure == .count(.failed) || measure == .count(.dropped), right.last == UInt8(ascii: "%") {
            let meant = measure == .count(.failed) ? "failure_rate" : "drop_rate"
            throw UnitParseError(
                .unknownUnit, at: right.startIndex, cause: "'\(measure)' is a number of iterations, and no share",
                remedy: "did you mean '\(meant)'?")
        }
        do throws(UnitParseError) {
            bound = try Self.bound(String(decoding: right, as: UTF8.self), in: measure.unit)
        } catch {
            throw UnitParseError(
                error.code, at: right.startIndex + error.offset, cause: "in its bound, \(error.cause)",
                remedy: error.remedy)
        }
        self.init(
            scenario: scenario, measure: measure, comparison: comparison, bound: bound.value, boundText: bound.text)
    }

    private static func fault(_ code: UnitParseError.Code, at offset: Int, _ cause: String) -> UnitParseError {
        UnitParseError(code, at: offset, cause: cause, remedy: remedy)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.firstIndex { $0 != 0x20 } ?? bytes.endIndex
        let end = bytes[start...].lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? start
        return bytes[start..<end]
    }

    // MARK: The measure

    private static func subject(_ bytes: ArraySlice<UInt8>) throws(UnitParseError) -> (String?, Measure) {
        let text = String(decoding: bytes, as: UTF8.self)
        // A scenario may be called like a measure. A text that is a measure by itself counts as the measure.
        if let measure = measure(text) { return (nil, measure) }
        guard let point = bytes.firstIndex(of: UInt8(ascii: ".")), point > bytes.startIndex,
            bytes[..<point].allSatisfy(isNamePart), point - bytes.startIndex <= 64
        else { throw unknown(text, at: bytes.startIndex) }
        let rest = String(decoding: bytes[(point + 1)...], as: UTF8.self)
        guard let measure = measure(rest) else {
            // The first word cannot name a scenario, so the user meant the whole text as the measure.
            let first = String(decoding: bytes[..<point], as: UTF8.self)
            let isTime = Times(rawValue: first) != nil || ThresholdWord.isTime(first)
            let isWhole = isTime || statistic(rest[...]) != nil
            throw unknown(isWhole ? text : rest, at: isWhole ? bytes.startIndex : point + 1)
        }
        let scenario = String(decoding: bytes[..<point], as: UTF8.self)
        return (scenario == "total" ? nil : scenario, measure)
    }

    private static func unknown(_ text: String, at offset: Int) -> UnitParseError {
        if Times(rawValue: text) != nil {
            return UnitParseError(
                .missingUnit, at: offset, cause: "'\(text)' is a distribution, of which one figure is wanted",
                remedy: "write \(text).p99, or .min, .mean, .max")
        }
        if let meant = ThresholdWord.meant(by: text) {
            return UnitParseError(
                .unknownUnit, at: offset, cause: "'\(text)' is not a measure", remedy: "did you mean '\(meant)'?")
        }
        let shown = String(
            text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) }.prefix(48))
        return UnitParseError(
            .unknownUnit, at: offset, cause: text.isEmpty ? "it has no measure" : "'\(shown)' is not a measure",
            remedy: "measures: \(measures.joined(separator: ", ")); a scenario's name and a point may stand before it")
    }

    private static func measure(_ text: String) -> Measure? {
        switch text {
        case "failure_rate": return .failureRate
        case "drop_rate": return .dropRate
        case "achieved_rate": return .achievedRate
        default: break
        }
        if let count = Count(rawValue: text) { return .count(count) }
        guard let point = text.firstIndex(of: "."), let times = Times(rawValue: String(text[..<point])),
            let statistic = statistic(text[text.index(after: point)...])
        else { return nil }
        return .time(times, statistic)
    }

    private static func statistic(_ text: Substring) -> Statistic? {
        switch text {
        case "min": return .min
        case "mean": return .mean
        case "max": return .max
        default: break
        }
        guard text.first == "p" else { return nil }
        // The JSON keys have p99_9.
        let number = String(text.dropFirst().map { $0 == "_" ? "." : $0 })
        guard var scanner = try? UnitScanner(number, remedy: remedy), let percent = try? scanner.decimal(),
            scanner.isAtEnd, percent.fractionDigits <= 9, percent.digits > 0, percent.digits <= 100 * percent.scale
        else { return nil }
        return .percentile(percent.description, quantile: Double(percent.digits) / Double(100 * percent.scale))
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x2D
    }

    // MARK: The bound

    private static func bound(_ text: String, in unit: Unit) throws(UnitParseError) -> (Double, String) {
        switch unit {
        case .nanoseconds:
            let span = try TimeSpan(parsing: text)
            return (Double(span.nanoseconds), span.description)
        case .perSecond:
            let rate = try ArrivalRate(parsing: text)
            return (rate.perSecond, rate.description)
        case .count: return try count(text)
        case .share: return try share(text)
        }
    }

    private static func count(_ text: String) throws(UnitParseError) -> (Double, String) {
        var scanner = try UnitScanner(text, remedy: "a number of iterations must be written like 1000 or 10k")
        let number = try scanner.decimal()
        let place = scanner.offset
        let word = scanner.word()
        guard let magnitude = ["": 1, "k": 1000, "M": 1_000_000, "G": 1_000_000_000][word] as UInt64? else {
            throw scanner.fault(.unknownUnit, "'\(word)' is neither k, M nor G", at: place)
        }
        try scanner.finish()
        guard let whole = number.whole(times: magnitude) else {
            throw scanner.fault(.notANumber, "a whole number is wanted", at: 0)
        }
        guard whole <= 1 << 53 else { throw scanner.fault(.tooLarge, "it is above 2^53", at: 0) }
        return (Double(whole), String(whole))
    }

    private static func share(_ text: String) throws(UnitParseError) -> (Double, String) {
        var scanner = try UnitScanner(text, remedy: "a share must be written like 1% or 0.01")
        let number = try scanner.decimal()
        while scanner.skip(UInt8(ascii: " ")) {}
        let isPercent = scanner.skip(UInt8(ascii: "%"))
        try scanner.finish()
        let whole = UInt128(number.scale) * (isPercent ? 100 : 1)
        guard UInt128(number.digits) <= whole else {
            throw scanner.fault(.outOfRange, isPercent ? "it is above 100 %" : "it is above 1, the whole", at: 0)
        }
        return (Double(number.digits) / Double(whole), isPercent ? "\(number)%" : "\(number)")
    }
}
