// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel

@Suite struct TimeSpanTests {
    @Test(
        arguments: [
            ("0s", 0, "0s"),
            ("0ns", 0, "0s"),
            ("5ns", 5, "5ns"),
            ("10us", 10_000, "10us"),
            ("10\u{B5}s", 10_000, "10us"),
            ("10\u{3BC}s", 10_000, "10us"),
            ("1.5us", 1500, "1.5us"),
            ("250ms", 250_000_000, "250ms"),
            ("1.5s", 1_500_000_000, "1.5s"),
            ("1500ms", 1_500_000_000, "1.5s"),
            ("90s", 90_000_000_000, "1m30s"),
            ("1m30s", 90_000_000_000, "1m30s"),
            ("1m30.5s", 90_500_000_000, "1m30.5s"),
            ("60m", 3_600_000_000_000, "1h"),
            ("2h", 7_200_000_000_000, "2h"),
            ("1h1ns", 3_600_000_000_001, "1h0.000000001s"),
            ("0.5h", 1_800_000_000_000, "30m"),
            ("1s50ms", 1_050_000_000, "1.05s"),
            ("200 ms", 200_000_000, "200ms"),
            ("1 m 30 s", 90_000_000_000, "1m30s"),
            ("9223372036854775807ns", Int64.max, "2562047h47m16.854775807s"),
        ] as [(String, Int64, String)])
    func `a length is read exactly and printed canonically`(
        text: String, nanoseconds: Int64, canonical: String
    ) throws {
        let length = try TimeSpan(parsing: text)
        #expect(length.nanoseconds == nanoseconds)
        #expect(length.description == canonical)
        #expect(try TimeSpan(parsing: canonical) == length)
    }

    @Test(
        arguments: [
            ("", .empty, 0),
            ("30", .missingUnit, 2),
            ("0", .missingUnit, 1),
            ("s", .notANumber, 0),
            (" 5s", .notANumber, 0),
            ("5  s", .missingUnit, 2),
            ("5 ", .missingUnit, 2),
            ("-5s", .negative, 0),
            ("1.s", .notANumber, 2),
            (".5s", .notANumber, 0),
            ("5sec", .unknownUnit, 1),
            ("5S", .unknownUnit, 1),
            ("5é", .unknownUnit, 1),
            ("1s1m", .wrongOrder, 3),
            ("1s1s", .wrongOrder, 3),
            ("1.5m30s", .wrongOrder, 0),
            ("0.5ns", .tooFine, 0),
            ("0.0000000000000000001h", .tooFine, 2),
            ("2562048h", .tooLarge, 0),
            ("2562047h3000s", .tooLarge, 8),
            ("9223372036854775808ns", .tooLarge, 0),
            ("99999999999999999999999ns", .tooLarge, 0),
            ("1s!", .trailingText, 2),
            (String(repeating: "1", count: 65), .tooLong, 0),
        ] as [(String, UnitParseError.Code, Int)])
    func `a faulty length is refused with its place`(text: String, code: UnitParseError.Code, offset: Int) throws {
        let error = try #require(throws: UnitParseError.self) { try TimeSpan(parsing: text) }
        #expect(error.code == code)
        #expect(error.offset == offset)
        #expect(error.remedy == "a length must be written like 250ms, 1m30s or 2h")
    }

    @Test func `every printed length parses back to itself`() throws {
        var bits: UInt64 = 1
        for _ in 0..<5000 {
            bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let length = TimeSpan(nanoseconds: Int64(bits >> (1 + bits % 63)))
            #expect(try TimeSpan(parsing: length.description) == length)
        }
    }

    @Test func `counts outside the range give the nearest length`() {
        #expect(TimeSpan(nanoseconds: -1) == .zero)
        #expect(TimeSpan.seconds(-1) == .zero)
        #expect(TimeSpan.seconds(.max) == .max)
        #expect(TimeSpan.seconds(.min) == .zero)
        #expect(TimeSpan.milliseconds(1500) == .seconds(1) + 500)
        #expect(TimeSpan.milliseconds(1500).inSeconds == 1.5)
        #expect(TimeSpan.seconds(1) < .seconds(2))
    }
}

extension TimeSpan {
    fileprivate static func + (length: TimeSpan, milliseconds: Int64) -> TimeSpan {
        TimeSpan(nanoseconds: length.nanoseconds + milliseconds * 1_000_000)
    }
}
