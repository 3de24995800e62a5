// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel

@Suite struct ArrivalRateTests {
    @Test(
        arguments: [
            ("500/s", 1, 2_000_000, "500/s"),
            ("500", 1, 2_000_000, "500/s"),
            ("10k/s", 1, 100_000, "10k/s"),
            ("10000/s", 1, 100_000, "10k/s"),
            ("1.2M/s", 3, 2500, "1200k/s"),
            ("1G/s", 1, 1, "1G/s"),
            ("2.5/s", 1, 400_000_000, "2.5/s"),
            ("2.50/s", 1, 400_000_000, "2.5/s"),
            ("30/m", 1, 2_000_000_000, "30/m"),
            ("0.5/s", 1, 2_000_000_000, "30/m"),
            ("1M/h", 1, 3_600_000, "1M/h"),
            ("1/h", 1, 3_600_000_000_000, "1/h"),
            ("0.5/h", 1, 7_200_000_000_000, "0.5/h"),
            ("0/s", 0, 1, "0/s"),
            ("0/h", 0, 1, "0/s"),
            ("1/100ms", 1, 100_000_000, "10/s"),
            ("7/1m30s", 7, 90_000_000_000, "280/h"),
            ("1/7ns", 1, 7, "1/7ns"),
            ("99999.7/s", 999_997, 10_000_000_000, "99999.7/s"),
            ("1/9223372036854775807ns", 1, Int64.max, "1/2562047h47m16.854775807s"),
        ] as [(String, Int64, Int64, String)])
    func `a rate is read exactly and printed canonically`(
        text: String, iterations: Int64, nanoseconds: Int64, canonical: String
    ) throws {
        let rate = try ArrivalRate(parsing: text)
        #expect(rate.iterations == iterations)
        #expect(rate.period.nanoseconds == nanoseconds)
        #expect(rate.description == canonical)
        #expect(try ArrivalRate(parsing: canonical) == rate)
    }

    @Test(
        arguments: [
            ("", .empty, 0),
            ("fast", .notANumber, 0),
            ("-5/s", .negative, 0),
            ("5/", .missingUnit, 2),
            ("5/day", .unknownUnit, 2),
            ("5K/s", .unknownUnit, 1),
            ("5rps", .unknownUnit, 1),
            ("5/s/s", .trailingText, 3),
            ("5 /s", .trailingText, 1),
            ("5/0s", .outOfRange, 2),
            ("5/10", .missingUnit, 4),
            ("5/1x", .unknownUnit, 3),
            ("1.1G/s", .tooLarge, 0),
            ("2/ns", .tooLarge, 0),
            ("99999999999999999999/s", .tooLarge, 0),
            ("0.000000000001/h", .tooFine, 0),
            ("0.0000000000000000001/s", .tooFine, 2),
        ] as [(String, UnitParseError.Code, Int)])
    func `a faulty rate is refused with its place`(text: String, code: UnitParseError.Code, offset: Int) throws {
        let error = try #require(throws: UnitParseError.self) { try ArrivalRate(parsing: text) }
        #expect(error.code == code)
        #expect(error.offset == offset)
        #expect(error.description == "\(error.cause); a rate must be written like 500/s, 10k/s or 30/m")
    }

    @Test func `every printed rate parses back to itself`() throws {
        var bits: UInt64 = 7
        func next() -> Int64 {
            bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(bits >> (1 + (bits >> 33) % 62))
        }
        for _ in 0..<5000 {
            let (first, second) = (next(), next())
            let period = TimeSpan(nanoseconds: max(1, first, second))
            let rate = try #require(ArrivalRate(iterations: min(first, second), per: period))
            #expect(try ArrivalRate(parsing: rate.description) == rate)
        }
    }

    @Test func `rates outside the range cannot be made`() {
        #expect(ArrivalRate(iterations: -1, per: .seconds(1)) == nil)
        #expect(ArrivalRate(iterations: 0, per: .zero) == nil)
        #expect(ArrivalRate(iterations: 2, per: TimeSpan(nanoseconds: 1)) == nil)
        #expect(ArrivalRate(perSecond: 1_000_000_001) == nil)
        #expect(ArrivalRate(perSecond: 1_000_000_000)?.description == "1G/s")
    }

    @Test func `equal rates are one value and different ones compare exactly`() throws {
        #expect(try ArrivalRate(parsing: "60/m") == ArrivalRate(parsing: "1/s"))
        #expect(try ArrivalRate(parsing: "1/2562047h") > ArrivalRate.zero)
        let third = try #require(ArrivalRate(iterations: 1, per: TimeSpan(nanoseconds: 3)))
        let nearly = try #require(
            ArrivalRate(iterations: 333_333_333_333_333_333, per: TimeSpan(nanoseconds: 1_000_000_000_000_000_000)))
        #expect(nearly < third)
        #expect(try ArrivalRate(parsing: "30/m").perSecond == 0.5)
    }
}
