// SPDX-License-Identifier: Apache-2.0

package import VajraAggregate
package import VajraMetrics

/// Everything that the live view shows at one moment.
package struct LiveFigures: Sendable {
    /// How far the run is.
    package enum Stage: Sendable, Equatable {
        /// Arrivals go on as planned.
        case running
        /// Someone has asked it to stop.
        case stopping
        /// The plan is over; this many iterations have not ended.
        case draining(UInt64)
        /// Every source has ended.
        case ended
    }

    /// Where a plan of several phases is.
    package struct Phase: Sendable, Equatable {
        /// Which one it is, from 1, of how many.
        package var number: Int
        package var count: Int
        /// What it does, such as `ramp 0/s to 100/s`.
        package var text: String
        /// How much of it is over, and its length, nanoseconds.
        package var elapsed: Int64
        package var length: Int64
    }

    /// One scenario, merged over all sources.
    package struct Scenario: Sendable {
        /// The scenario's name.
        package var name: String
        /// Whether arrivals follow a plan; if not, they follow users' completions.
        package var isOpen: Bool
        /// Iterations that the plan holds in all; nil where a source does not say.
        package var planTotal: UInt64?
        /// Where its plan is, if that has several phases.
        package var phase: Phase?
        package var counts: ScenarioCounts
        /// Started iterations per second so far.
        package var achievedRate: Double
        /// Iterations in flight at the end of the last interval.
        package var inFlight: UInt64
        /// The last interval; nil before the first has come from every source.
        package var last: LiveInterval?
        /// The response times so far, in nanoseconds.
        package var responseTime: Histogram
        /// The response p99 of past intervals in nanoseconds, the oldest first; nil where nothing ended.
        package var history: [UInt64?]
    }

    package var name: String
    package var runID: String
    /// How many sources have spoken, and how many of them have ended.
    package var sources: Int
    package var sourcesEnded: Int
    /// From the plan's instant 0 to the end of the latest interval, nanoseconds; the furthest source's.
    package var elapsed: Int64
    /// The length of the longest plan, nanoseconds; 0 when only a number of iterations ends it.
    package var plannedTime: Int64
    /// How far the run is.
    package var stage: Stage
    /// How long a stop waits for what is in flight, nanoseconds; nil when no source says.
    package var drain: Int64?
    /// How long ago the stop was, nanoseconds.
    package var sinceStop: Int64 = 0
    /// How many messages will be shown above the report.
    package var messages: Int
    /// The thresholds as they stand.
    package var thresholds: [ThresholdResult]
    /// How long nothing has come, nanoseconds; 0 while the next line is not overdue.
    package var silence: Int64 = 0
    /// The scenarios in the order of the config.
    package var scenarios: [Scenario]

    /// The share of the plan's time that is over, 0 to 1; nil when the plan has no end in time.
    package var progress: Double? {
        plannedTime > 0 ? min(1, max(0, Double(elapsed) / Double(plannedTime))) : nil
    }

    package var total: ScenarioCounts {
        var sum = ScenarioCounts()
        for scenario in scenarios { sum.merge(scenario.counts) }
        return sum
    }

    package var inFlight: UInt64 { scenarios.reduce(0) { $0 &+ $1.inFlight } }

    /// Iterations that all plans hold; nil where one does not say.
    package var planTotal: UInt64? {
        scenarios.reduce(UInt64?(0)) { sum, scenario in
            guard let sum, let share = scenario.planTotal else { return nil }
            return sum &+ share
        }
    }
}
