// SPDX-License-Identifier: Apache-2.0

/// Everything measured of one scenario over some time; merging is exact, associative and commutative.
package struct ScenarioMetrics: Sendable, Equatable {
    /// The counts.
    package var counts = ScenarioCounts()
    /// Intended start to end, of every completed iteration, in nanoseconds.
    package var responseTime = Histogram()
    /// Actual start to end, of every completed iteration, in nanoseconds.
    package var serviceTime = Histogram()
    /// Intended start to actual start, of every completed iteration, in nanoseconds.
    package var lag = Histogram()
    /// Intended start to the moment at which the generator noticed it, of every arrival, in nanoseconds: the part of
    /// the lag that is the generator's own fault, whatever the target does.
    package var pacingLag = Histogram()

    /// Nothing measured.
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
