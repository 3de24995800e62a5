// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraReport

@Suite struct TextColumnsTests {
    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1000, "1 000"), (12_345, "12 345"), (1_350_000, "1 350 000"),
        (UInt64.max, "18 446 744 073 709 551 615"),
    ])
    func `thousands stand apart`(number: UInt64, expected: String) {
        #expect(TextColumns.grouped(number) == expected)
    }

    @Test(arguments: [
        (0, "0"), (0.04, "0"), (0.05, "0"), (0.06, "0.1"), (0.5, "0.5"), (1, "1"), (9_999.9, "9 999.9"),
        (9_999.96, "10 000"), (10_000, "10 000"), (1e12, "1 000 000 000 000"), (1e15, "1 000 000 000 000"), (-3, "0"),
    ])
    func `a rate has one decimal unless it is whole`(rate: Double, expected: String) {
        #expect(TextColumns.rate(rate) == expected)
    }

    @Test(arguments: [Double.nan, .infinity])
    func `a rate that is no number is a dash`(rate: Double) {
        #expect(TextColumns.rate(rate) == "–")
    }

    @Test func `text is filled up to its column, and never cut`() {
        #expect(TextColumns.left("ab", 4) == "ab  ")
        #expect(TextColumns.right("ab", 4) == "  ab")
        #expect(TextColumns.left("abcde", 4) == "abcde")
        #expect(TextColumns.right("12 µs", 6) == " 12 µs", "a column is a character, not a byte")
    }

    @Test(
        arguments: [
            (nil, ["min", "mean", "p50", "p90", "p95", "p99", "p99.9", "p99.99", "max"], 10),
            (90, ["min", "mean", "p50", "p90", "p95", "p99", "p99.9", "p99.99", "max"], 10),
            (72, ["min", "mean", "p50", "p90", "p95", "p99", "p99.9", "p99.99", "max"], 8),
            (71, ["mean", "p50", "p90", "p95", "p99", "p99.9", "p99.99", "max"], 8),
            (63, ["p50", "p90", "p95", "p99", "p99.9", "p99.99", "max"], 9),
            (56, ["p50", "p90", "p95", "p99", "p99.9", "p99.99", "max"], 8),
            (55, ["p50", "p90", "p99", "p99.9", "p99.99", "max"], 9),
            (20, ["p50", "max"], 10),
            (0, ["p50", "max"], 8),
        ] as [(Int?, [String], Int)])
    func `percentiles come closer together, and the least telling go first`(room: Int?, names: [String], width: Int) {
        let fitting = TextColumns.percentiles(fitting: room)
        #expect(fitting.columns.map(\.name) == names)
        #expect(fitting.width == width)
    }
}
