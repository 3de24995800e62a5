// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraReport

@Suite struct InstantTextTests {
    @Test(
        arguments: [
            (0, "1970-01-01 00:00:00 UTC"), (1_700_000_000_999_999, "2023-11-14 22:13:20 UTC"),
            (951_782_400_000_000, "2000-02-29 00:00:00 UTC"), (951_868_799_000_000, "2000-02-29 23:59:59 UTC"),
            (4_107_542_400_000_000, "2100-03-01 00:00:00 UTC"), (1_798_761_600_000_000, "2027-01-01 00:00:00 UTC"),
            (-1, "1969-12-31 23:59:59 UTC"),
        ] as [(Int64, String)])
    func `an instant is a date and a time of day`(instant: Int64, text: String) {
        #expect(InstantText.text(unixMicroseconds: instant) == text)
    }

    @Test func `whatever a line may say is an instant`() {
        for instant in [Int64.min, .max] { #expect(InstantText.text(unixMicroseconds: instant).hasSuffix(" UTC")) }
    }
}

@Suite struct NameTests {
    @Test(arguments: [
        ("browse", 6, "browse"), ("endpoint-with-a-long-name-7", 12, "endpo…name-7"), ("browse", 5, "b…wse"),
        ("browse", 2, "b…"), ("browse", 0, ""), ("結帳結帳結帳7", 8, "結…結帳7"),
    ])
    func `a name is cut in its middle`(name: String, width: Int, cut: String) {
        #expect(DisplayText.name(name, cutTo: width) == cut)
        #expect(DisplayWidth.of(cut) <= width)
    }

    @Test func `bytes a second have three digits and a unit`() {
        let texts = [0, 1, 999.4, 999.6, 1350, 99_960, 1.35e6, 2e9, 7e13, .infinity].map {
            TextColumns.bytes(perSecond: $0)
        }
        #expect(
            texts == [
                "0 B/s", "1 B/s", "999 B/s", "1.00 kB/s", "1.35 kB/s", "100 kB/s", "1.35 MB/s", "2.00 GB/s",
                "70.0 TB/s",
                "0 B/s",
            ])
    }
}
