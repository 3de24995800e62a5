// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraMetrics

@Suite struct HistogramDecodingTests {
    func decode(_ text: [UInt8]) throws(HistogramCodingError) -> Histogram {
        try text.span.withUnsafeBytes { (text) throws(HistogramCodingError) in try Histogram(base64: text) }
    }

    func error(of text: [UInt8]) -> HistogramCodingError? {
        failure { () throws(HistogramCodingError) in _ = try decode(text) }
    }

    // MARK: What other ports write

    static let foreignTexts: [(String, String, [(UInt64, UInt64)])] = [
        ("Python, nothing recorded, no counts at all", "HISTFAAAAB14nJNpmSzMgADMUJoRyHQz2LGAwf4DRAAATjkESw==", []),
        ("Java, nothing recorded, one count of 0", "HISTFAAAACF4nJNpmSzMwMDAyAABzFAayGd2M9ixgMH+A1QEAFKmBEw=", []),
        ("C, a lone empty bucket as -1", "HISTFAAAACJ4nJNpmSzMwMDAxAABzFCaEch0M9ixgMH+A1SACQBXGQRQ", [(1, 1)]),
        (
            "Python, up to one hour",
            "HISTFAAAADN4nJNpmSzMwMAgwgABzFCaEch0M9ixgMH+A0SAi5Hppzwb094+xgYQcLh8m4kJAOeWC0o=",
            [(0, 5), (2, 1), (2048, 3), (2050, 1), (1_000_000, 1 << 40), (3_600_000_000_000, 1)]
        ),
        (
            "Python, tracking 1 µs only", "HISTFAAAAB94nJNpmSzMwMDAxAABzFCaEcp9Yf8BwuJlAgBJiwN2",
            [(7, 1)]
        ),
        (
            "Python, tracking a day", "HISTFAAAACZ4nJNpmSzMwMDAwgABzFCakYHBb8pEfwYG+w8QgZebGFkAZ1YF4A==",
            [(1_234_567, 2)]
        ),
        (
            "tracking all of Int64, empty buckets past the end of ours",
            "HISTFAAAACJ4nJNpmSzMwMDAwgABzFCasf4/BNh/gAgw/f/PDgDDGwv9",
            [(0, 1)]
        ),
    ]

    @Test(arguments: foreignTexts)
    func `a text of another port is read`(story: String, text: String, counts: [(UInt64, UInt64)]) throws {
        #expect(try decode(Array(text.utf8)) == Histogram(counts: counts), "\(story)")
    }

    @Test func `a log line of Java with two digits is refused by name`() {
        let text =
            "HISTFAAAAEJ42pNpmSzMwMAgxwABTBDKT4GBgdnNYMcCBvsPEBEWLj45FTExAT4pBSEBKa6UkAgBi1uM7xjfMMlwMDABAC0CCjM="
        #expect(error(of: Array(text.utf8)) == .unsupportedDigits(2))
    }

    @Test func `the word size in either cookie does not matter`() throws {
        let envelope = Envelope(cookie: 0x1C84_9304, headerCookie: 0x1C84_93F3, counts: Envelope.zigZag(-7, 2))
        #expect(try decode(try envelope.text) == Histogram([7, 7]))
    }

    @Test func `a count in the very last bucket is read`() throws {
        let last = Int64(BucketLayout.count - 1)
        let histogram = try decode(try Envelope(counts: Envelope.zigZag(-last, 1)).text)
        #expect(histogram.max == 1 << 42 - 1)
    }

    // MARK: Damage

    static let damagedTexts: [(String, String, HistogramCodingError)] = [
        ("a length that is no multiple of four", "HISTF", .invalidBase64(offset: 5)),
        ("a character outside the alphabet", "HIST-AAA", .invalidBase64(offset: 4)),
        ("the alphabet for URLs", "HIST_AAA", .invalidBase64(offset: 4)),
        ("a line break", "HIS\nFAAA", .invalidBase64(offset: 3)),
        ("a byte above ASCII", "Hé=", .invalidBase64(offset: 1)),
        ("padding in the middle", "HI==AAAA", .invalidBase64(offset: 2)),
        ("padding alone", "====", .invalidBase64(offset: 0)),
        ("three of padding", "H===", .invalidBase64(offset: 1)),
        ("bits behind the end", "HISTFF==", .invalidBase64(offset: 5)),
        ("nothing", "", .truncated(bytes: 0, needed: 8)),
        ("half an envelope", "HISTFAAA", .truncated(bytes: 6, needed: 8)),
        ("a V1 cookie", "HISTAQAAAAA=", .unknownCompressionCookie(0x1C84_9301)),
        ("a length without bytes", "HISTFAAAAAE=", .wrongCompressedLength(stated: 1, actual: 0)),
        ("no zlib stream", "HISTFAAAAAA=", .truncatedDeflate),
        ("a false zlib stream", "HISTFAAAAAFB", .truncatedDeflate),
        ("a false zlib header", "HISTFAAAAAJBQg==", .corruptDeflate(status: -3)),
    ]

    @Test(arguments: damagedTexts)
    func `damaged text is refused by name`(story: String, text: String, expected: HistogramCodingError) {
        #expect(error(of: Array(text.utf8)) == expected, "\(story)")
    }

    static let damagedLayers: [(String, Envelope, HistogramCodingError?)] = [
        ("a length below the true one", Envelope(length: 3), nil),
        ("a header that is not V2", Envelope(headerCookie: 0x1C84_9301), .unknownEncodingCookie(0x1C84_9301)),
        ("a length of counts above the true one", Envelope(countsLength: 2), .wrongPayloadLength(stated: 2, actual: 0)),
        (
            "a length of counts below the true one", Envelope(countsLength: 0, counts: [2]),
            .wrongPayloadLength(stated: 0, actual: 1)
        ),
        ("a length with the highest bit", Envelope(countsLength: .max), .wrongPayloadLength(stated: .max, actual: 0)),
        ("a rotated array", Envelope(normalizingOffset: -5), .unsupportedNormalizingOffset(-5)),
        ("five digits", Envelope(digits: 5), .unsupportedDigits(5)),
        ("microseconds for a unit", Envelope(lowest: 1000), .unsupportedLowestValue(1000)),
        ("half an integer", Envelope(counts: [2, 0x80]), .truncatedCount(offset: 1)),
        ("eight bytes of nine", Envelope(counts: .init(repeating: 0xFF, count: 8)), .truncatedCount(offset: 0)),
        (
            "the least integer", Envelope(counts: Envelope.zigZag(5, .min)),
            .negativeCount(.min, offset: 1)
        ),
        (
            "more empty buckets than Java reads", Envelope(counts: Envelope.zigZag(-Int64(Int32.max) - 1)),
            .negativeCount(-Int64(Int32.max) - 1, offset: 0)
        ),
        (
            "a count behind our last bucket", Envelope(counts: Envelope.zigZag(-33_792, 1)),
            .indexOverflow(index: 33_792, limit: 33_792)
        ),
        ("counts above Int64.max", Envelope(counts: Envelope.zigZag(.max, 1)), .countsOverflow),
    ]

    @Test(arguments: damagedLayers)
    func `a damaged layer is refused by name`(story: String, envelope: Envelope, expected: HistogramCodingError?) throws
    {
        let actual = error(of: try envelope.text)
        if let expected {
            #expect(actual == expected, "\(story)")
        } else if case .wrongCompressedLength(stated: 3, _) = actual {
        } else {
            Issue.record("\(story): \(String(describing: actual))")
        }
    }

    @Test func `a header that is cut is refused by name`() throws {
        let text = try Envelope().text(inflated: Array(Envelope().header.prefix(39)))
        #expect(error(of: text) == .truncated(bytes: 39, needed: 40))
    }

    @Test func `bytes behind the zlib stream are refused by name`() throws {
        var deflater = try Deflater()
        var deflated: [UInt8] = []
        try deflater.append(Envelope().header, to: &deflated)
        #expect(error(of: Envelope().text(deflated: deflated + [0, 0])) == .trailingBytes(2))
        #expect(error(of: Envelope().text(deflated: deflated.dropLast())) == .truncatedDeflate)
        deflated[deflated.count - 1] ^= 1
        #expect(error(of: Envelope().text(deflated: deflated)) == .corruptDeflate(status: -3))
    }

    @Test func `a zip bomb is cut off at the size of the fullest histogram`() throws {
        let limit = HistogramFormat.maxInflatedSize
        let bomb = try Envelope().text(inflated: .init(repeating: 0, count: 2_000_000))
        #expect(bomb.count < HistogramFormat.maxTextSize, "or it would be refused for its length")
        #expect(error(of: bomb) == .inflatedTooLong(limit: limit))
        let length = HistogramFormat.maxTextSize + 4
        #expect(error(of: .init(repeating: 65, count: length)) == .textTooLong(bytes: length, limit: length - 4))
    }

    @Test func `the fullest histogram is within every limit`() throws {
        var generator = SplitMix(seed: 5)
        let highest = Int64.max >> 16
        let counts = (0..<BucketLayout.count).flatMap { _ in
            Envelope.zigZag(.random(in: highest / 2...highest, using: &generator))
        }
        let histogram = try decode(try Envelope(counts: counts).text)
        #expect(histogram.buckets.count == BucketLayout.count)
        #expect(try decode(try histogram.encodedBase64()) == histogram)
    }

    @Test func `what cannot be read leaves the target as it was`() throws {
        var decoder = HistogramDecoder()
        var target = Histogram([5])
        let text = try Envelope(counts: Envelope.zigZag(2, .max)).text
        let error = failure { () throws(HistogramCodingError) in
            try text.span.withUnsafeBytes { (text) throws(HistogramCodingError) in
                try decoder.merge(base64: text, into: &target)
            }
        }
        #expect(error == .countsOverflow)
        #expect(target == Histogram([5]))
    }

    @Test func `counts that no port could read are not written`() {
        let histogram = Histogram(counts: [(1, .max), (2, 1)])
        #expect(failure { () throws(HistogramCodingError) in _ = try histogram.encodedBase64() } == .countsOverflow)
    }

    @Test func `an error names place, cause and remedy`() {
        #expect(
            HistogramCodingError.unsupportedDigits(2).description == "histogram has 2 significant digits; record with 3"
        )
        #expect(
            HistogramCodingError.unknownCompressionCookie(0x1C84_9301).description
                == "histogram starts with 0x1c849301, not as V2 compressed; encode it as such")
    }
}
