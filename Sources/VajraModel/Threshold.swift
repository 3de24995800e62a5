// SPDX-License-Identifier: Apache-2.0

/// A rule that a run's merged figures must keep for it to pass, written `browse.response_time.p99 < 250ms`.
///
/// This type has the words and the arithmetic; VajraAggregate applies it to the figures of a run.
package struct Threshold: Hashable, Sendable {
    package enum Measure: Hashable, Sendable {
        /// One figure of a distribution of times.
        case time(Times, Statistic)
        /// Failed of completed iterations.
        case failureRate
        /// Dropped of planned iterations.
        case dropRate
        /// Started iterations per second.
        case achievedRate
        /// How many there were.
        case count(Count)
    }

    /// The distributions that are always recorded.
    package enum Times: String, Sendable, CaseIterable {
        case responseTime = "response_time"
        case serviceTime = "service_time"
        case lag
    }

    /// A figure of a distribution.
    package enum Statistic: Hashable, Sendable {
        case min
        case mean
        case max
        /// The value that this percentage of all values does not exceed; above 0, at most 100.
        case percentile(String, quantile: Double)
    }

    package enum Count: String, Sendable, CaseIterable {
        case planned
        case started
        case completed
        case succeeded
        case failed
        case dropped
    }

    /// The relation that must hold between figure and bound.
    package enum Comparison: String, Sendable, CaseIterable {
        case below = "<"
        case atMost = "<="
        case above = ">"
        case atLeast = ">="

        /// False for NaN.
        package func holds(_ figure: Double, _ bound: Double) -> Bool {
            switch self {
            case .below: figure < bound
            case .atMost: figure <= bound
            case .above: figure > bound
            case .atLeast: figure >= bound
            }
        }
    }

    /// What figure and bound are counted in.
    package enum Unit: String, Sendable {
        case nanoseconds = "ns"
        /// From 0 to 1.
        case share
        case perSecond = "per_second"
        case count
    }

    /// The most thresholds of a run; `run_started` holds them all.
    package static let mostOfARun = 50

    /// Nil for all scenarios together.
    package let scenario: String?
    package let measure: Measure
    package let comparison: Comparison
    /// In `measure.unit`.
    package let bound: Double
    /// The bound as it is written.
    package let boundText: String

    init(scenario: String?, measure: Measure, comparison: Comparison, bound: Double, boundText: String) {
        self.scenario = scenario
        self.measure = measure
        self.comparison = comparison
        self.bound = bound
        self.boundText = boundText
    }
}

extension Threshold.Measure {
    /// What its figure is counted in.
    package var unit: Threshold.Unit {
        switch self {
        case .time: .nanoseconds
        case .failureRate, .dropRate: .share
        case .achievedRate: .perSecond
        case .count: .count
        }
    }
}

extension Threshold.Measure: CustomStringConvertible {
    /// As it is written in thresholds: `response_time.p99`, `failure_rate`.
    package var description: String {
        switch self {
        case .time(let times, let statistic): "\(times.rawValue).\(statistic)"
        case .failureRate: "failure_rate"
        case .dropRate: "drop_rate"
        case .achievedRate: "achieved_rate"
        case .count(let count): count.rawValue
        }
    }
}

extension Threshold.Statistic: CustomStringConvertible {
    /// `min`, `mean`, `max` or `p99.9`.
    package var description: String {
        switch self {
        case .min: "min"
        case .mean: "mean"
        case .max: "max"
        case .percentile(let number, _): "p\(number)"
        }
    }
}

extension Threshold: CustomStringConvertible {
    /// The canonical spelling, which parses back to the same threshold.
    package var description: String {
        "\(scenario.map { "\($0)." } ?? "")\(measure) \(comparison.rawValue) \(boundText)"
    }
}
