// SPDX-License-Identifier: Apache-2.0

/// Everything measured of one scenario over some time; merging is exact, associative and commutative.
package struct ScenarioMetrics: Sendable, Equatable {
    package var counts = ScenarioCounts()
    /// Intended start to end, of every completed iteration, in nanoseconds.
    package var responseTime = Histogram()
    /// Actual start to end, of every completed iteration, in nanoseconds.
    package var serviceTime = Histogram()
    /// Intended start to actual start, of every completed iteration, in nanoseconds.
    package var lag = Histogram()
    /// Intended start to the instant at which the generator noticed the arrival, of every arrival, in nanoseconds. The
    /// generator alone causes this part of the lag, whatever the target does.
    package var pacingLag = Histogram()

    package init() {}

    /// Adds what the other measured.
    package mutating func merge(_ other: ScenarioMetrics) {
        counts.merge(other.counts)
        responseTime.merge(other.responseTime)
        serviceTime.merge(other.serviceTime)
        lag.merge(other.lag)
        pacingLag.merge(other.pacingLag)
    }

    /// Forgets everything, and keeps the histograms' storage.
    package mutating func reset() {
        counts = ScenarioCounts()
        responseTime.reset()
        serviceTime.reset()
        lag.reset()
        pacingLag.reset()
    }

    /// Whether nothing at all happened.
    package var isEmpty: Bool {
        counts == ScenarioCounts() && responseTime.isEmpty && pacingLag.isEmpty
    }
}
