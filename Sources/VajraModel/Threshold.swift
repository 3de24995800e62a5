// SPDX-License-Identifier: Apache-2.0

/// A rule that a run's merged figures must keep for it to pass, written `browse.response_time.p99 < 250ms`.
///
/// Only its words and its arithmetic are here; VajraAggregate applies it to what was measured.
package struct Threshold: Hashable, Sendable {
    /// What is compared.
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
        /// The value that so many per cent do not exceed; above 0, at most 100.
        case percentile(String, quantile: Double)
    }

    /// What is counted.
    package enum Count: String, Sendable, CaseIterable {
        case planned
        case started
        case completed
        case succeeded
        case failed
        case dropped
    }

    /// How the figure must stand to the bound.
    package enum Comparison: String, Sendable, CaseIterable {
        case below = "<"
        case atMost = "<="
        case above = ">"
        case atLeast = ">="

        /// Whether it holds; never for NaN.
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

    /// As many as a run may have, so that `run_started` holds them all.
    package static let mostOfARun = 50

    /// The scenario that it is about; nil for all of them together.
    package let scenario: String?
    /// What is compared.
    package let measure: Measure
    /// How.
    package let comparison: Comparison
    /// With what, in `measure.unit`.
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
