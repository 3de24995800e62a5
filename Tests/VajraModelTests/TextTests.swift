// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel

@Suite struct DurationTextTests {
    @Test(arguments: [
        (0, "0 ns"), (999, "999 ns"), (1000, "1.00 µs"), (9_994, "9.99 µs"), (9_995, "10.0 µs"), (99_949, "99.9 µs"),
        (99_950, "100 µs"), (412_000, "412 µs"), (999_499, "999 µs"), (999_500, "1.00 ms"), (1_300_000, "1.30 ms"),
        (999_499_999, "999 ms"), (999_500_000, "1.00 s"), (2_040_000_000, "2.04 s"), (99_949_999_999, "99.9 s"),
        (99_950_000_000, "1 m 40 s"), (150_000_000_000, "2 m 30 s"), (3_599_499_999_999, "59 m 59 s"),
        (3_599_500_000_000, "1 h 0 m"), (3_600_000_000_000, "1 h 0 m"), (90_061_000_000_000, "25 h 1 m"),
        (UInt64(Int64.max), "2562047 h 47 m"),
    ])
    func `a duration has three digits and the unit that fits`(nanoseconds: UInt64, expected: String) {
        #expect(DurationText.text(nanoseconds) == expected)
    }
}

@Suite struct PercentTests {
    @Test(arguments: [
        (0, "0 %"), (0.31, "31 %"), (0.0995, "10 %"), (0.0994, "9.9 %"), (0.024, "2.4 %"), (0.00995, "1.0 %"),
        (0.0099, "0.990 %"), (0.00001, "0.001 %"), (0.000001, "0 %"), (1, "100 %"), (12.5, "1250 %"), (-0.31, "31 %"),
    ])
    func `a share has the digits that tell something`(share: Double, expected: String) {
        #expect(Percent.text(share) == expected)
    }

    @Test(arguments: [
        (0.05, "+5.0 %"), (-0.05, "−5.0 %"), (0, "0 %"), (-0.000001, "0 %"), (0.000001, "0 %"), (-0.00001, "−0.001 %"),
    ])
    func `a signed share says which way, and nothing has no sign`(share: Double, expected: String) {
        #expect(Percent.text(share, signed: true) == expected)
    }
}

@Suite struct FixedDecimalTests {
    @Test(
        arguments: [
            (0, 0, "0"), (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (1.25, 1, "1.2"), (1.05, 2, "1.05"),
            (0.001, 3, "0.001"),
            (-0.04, 1, "0.0"), (-1.5, 1, "-1.5"), (-0.5, 2, "-0.50"), (999.999, 2, "1000.00"),
            (1e13, 1, "1000000000000.0"),
            (-1e13, 0, "-1000000000000"), (1e12, 6, "1000000000000.000000"), (.nan, 2, "–"), (.infinity, 2, "–"),
            (-.infinity, 0, "–"),
        ] as [(Double, Int, String)])
    func `a number is rounded to even at its last place, and clamped`(value: Double, digits: Int, expected: String) {
        #expect(FixedDecimal.text(value, digits: digits) == expected)
    }
}
