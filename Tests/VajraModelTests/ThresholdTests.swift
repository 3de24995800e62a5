// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel

/// A threshold as it is written, and what it means.
struct ThresholdCase: Sendable, CustomTestStringConvertible {
    let text: String
    let canonical: String
    let scenario: String?
    let bound: Double
    let unit: Threshold.Unit

    var testDescription: String { text }

    init(_ text: String, _ canonical: String, scenario: String? = nil, _ bound: Double, _ unit: Threshold.Unit) {
        self.text = text
        self.canonical = canonical
        self.scenario = scenario
        self.bound = bound
        self.unit = unit
    }

    static let all = [
        ThresholdCase(
            "browse.response_time.p99 < 250ms", "browse.response_time.p99 < 250ms", scenario: "browse", 250e6,
            .nanoseconds),
        ThresholdCase("  lag.p99_9<=1m30s ", "lag.p99.9 <= 1m30s", 90e9, .nanoseconds),
        ThresholdCase("service_time.p100 > 0s", "service_time.p100 > 0s", 0, .nanoseconds),
        ThresholdCase("lag.lag.max < 5ms", "lag.lag.max < 5ms", scenario: "lag", 5e6, .nanoseconds),
        ThresholdCase("response_time.mean >= 1us", "response_time.mean >= 1us", 1000, .nanoseconds),
        ThresholdCase("total.failure_rate < 1%", "failure_rate < 1%", 0.01, .share),
        ThresholdCase("failure_rate < 0.5 %", "failure_rate < 0.5%", 0.005, .share),
        ThresholdCase("drop_rate <= 0.001", "drop_rate <= 0.001", 0.001, .share),
        ThresholdCase("a_b-1.drop_rate <= 1", "a_b-1.drop_rate <= 1", scenario: "a_b-1", 1, .share),
        ThresholdCase("achieved_rate > 9k/s", "achieved_rate > 9k/s", 9000, .perSecond),
        ThresholdCase("achieved_rate > 600/m", "achieved_rate > 10/s", 10, .perSecond),
        ThresholdCase("dropped < 10", "dropped < 10", 10, .count),
        ThresholdCase("completed>=1.5k", "completed >= 1500", 1500, .count),
        ThresholdCase("completed.completed > 0", "completed.completed > 0", scenario: "completed", 0, .count),
    ]
}

struct ThresholdTests {
    @Test(arguments: ThresholdCase.all)
    func `a threshold is read, and written so that it is read as the same`(_ row: ThresholdCase) throws {
        let threshold = try Threshold(parsing: row.text)
        #expect(threshold.description == row.canonical)
        #expect(threshold.scenario == row.scenario)
        #expect(threshold.bound == row.bound)
        #expect(threshold.measure.unit == row.unit)
        #expect(try Threshold(parsing: threshold.description) == threshold)
    }

    @Test(arguments: [
        ("", 0, "nothing is written"), ("   ", 0, "nothing is written"), ("lag.p99", 7, "it compares with none of"),
        ("failure_rate = 1%", 13, "it compares with none of"), ("< 1s", 0, "it has no measure"),
        ("lag < 1s", 0, "'lag' is a distribution"), ("browse.lag < 1s", 7, "'lag' is a distribution"),
        ("latency.p99 < 1s", 0, "'latency.p99' is not a measure"),
        ("browse.lagg.p99 < 1s", 7, "'lagg.p99' is not a measure"), ("lag.p0 < 1s", 0, "'lag.p0' is not a measure"),
        ("lag.p101 < 1s", 0, "'lag.p101' is not a measure"), ("lag.p9x < 1s", 0, "'lag.p9x' is not a measure"),
        ("a b.failed < 1", 0, "'a b.failed' is not a measure"),
        ("lag.p99 < 250", 13, "in its bound, the number has no unit"),
        ("lag.p99 <", 9, "in its bound, nothing is written"), ("failed < 1.5", 9, "in its bound, a whole number"),
        ("failed < 10x", 11, "in its bound, 'x' is neither"),
        ("failed < 99999999999999999", 9, "in its bound, it is above"),
        ("failure_rate < 101%", 15, "in its bound, it is above 100 %"),
        ("failure_rate < 5", 15, "in its bound, it is above 1"),
        ("failure_rate < -1%", 15, "in its bound, it is negative"),
        ("failure_rate < 1%%", 17, "in its bound, something follows"),
        ("achieved_rate > fast", 16, "in its bound, a number"),
        ("dropped <> 1", 9, "in its bound, a number is missing"),
        (String(repeating: "x", count: 201), 0, "more than 200 bytes"),
    ])
    func `what is no threshold is refused at its place`(_ row: (text: String, offset: Int, cause: String)) {
        let error = #expect(throws: UnitParseError.self) { try Threshold(parsing: row.text) }
        #expect(error?.offset == row.offset)
        #expect(error?.cause.hasPrefix(row.cause) == true, "\(error?.cause ?? "")")
        #expect(error?.remedy.isEmpty == false)
    }

    @Test(arguments: [
        (Threshold.Comparison.below, [true, false, false]), (.atMost, [true, true, false]),
        (.above, [false, false, true]),
        (.atLeast, [false, true, true]),
    ])
    func `a comparison holds or does not, at the bound too`(_ row: (comparison: Threshold.Comparison, holds: [Bool])) {
        #expect([1.0, 2.0, 3.0].map { row.comparison.holds($0, 2) } == row.holds)
        #expect(!row.comparison.holds(.nan, 2))
    }
}
