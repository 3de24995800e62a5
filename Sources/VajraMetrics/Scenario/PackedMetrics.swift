// SPDX-License-Identifier: Apache-2.0

/// Everything measured of one scenario, in little memory, for merging many sources.
package struct PackedMetrics: Sendable {
    private var counts = ScenarioCounts()
    private var responseTime = PackedHistogram()
    private var serviceTime = PackedHistogram()
    private var lag = PackedHistogram()
    private var pacingLag = PackedHistogram()

    package init() {}

    /// Adds what the other measured. Any number of metrics can share the scratch space.
    package mutating func merge(_ other: ScenarioMetrics, through scratch: inout [UInt8]) {
        counts.merge(other.counts)
        responseTime.merge(other.responseTime, through: &scratch)
        serviceTime.merge(other.serviceTime, through: &scratch)
        lag.merge(other.lag, through: &scratch)
        pacingLag.merge(other.pacingLag, through: &scratch)
    }

    /// All that was added.
    package var metrics: ScenarioMetrics {
        var metrics = ScenarioMetrics()
        metrics.counts = counts
        metrics.responseTime = responseTime.histogram
        metrics.serviceTime = serviceTime.histogram
        metrics.lag = lag.histogram
        metrics.pacingLag = pacingLag.histogram
        return metrics
    }
}
