// SPDX-License-Identifier: Apache-2.0

package import VajraMetrics
import VajraWire

/// One scenario's merged figures over one or more sources.
package struct ScenarioFigures: Sendable, Equatable {
    package var metrics = ScenarioMetrics()
    /// Iterations of the whole plan; nil when a source's plan does not say (closed model).
    package var planTotal: UInt64?
    /// Whether arrivals follow a plan; if not, they follow users' completions.
    package var isOpen = true
    /// How many iterations might be in flight at once over all sources; 0 when no source said.
    package var maxInFlight = 0
    /// When the plan begins, nanoseconds after the run's start; of several, the first.
    package var startTime: Int64 = 0
    /// From the run's start to the plan's end, the stop or the last start, whichever was last; nanoseconds.
    package var loadTime: Int64 = 0
    /// From the run's start to the plan's end or the stop; nanoseconds.
    package var plannedTime: Int64 = 0

    package init() {}

    /// Planned iterations per second.
    package var targetRate: Double {
        rate(of: metrics.counts.planned, until: plannedTime)
    }

    /// Started iterations per second.
    package var achievedRate: Double {
        rate(of: metrics.counts.started, until: loadTime)
    }

    /// Bytes per second over the load time, as the task counts them.
    package var bytesSentRate: Double { rate(of: metrics.counts.bytesSent, until: loadTime) }
    package var bytesReceivedRate: Double { rate(of: metrics.counts.bytesReceived, until: loadTime) }

    private func rate(of count: UInt64, until end: Int64) -> Double {
        end > startTime ? Double(count) / Double(end - startTime) * 1e9 : 0
    }

    /// How far the achieved rate was from the planned one, as a share of it: −0.01 is 1 % too slow.
    package var drift: Double {
        targetRate > 0 ? achievedRate / targetRate - 1 : 0
    }

    /// Planned iterations that were not started.
    var neverStarted: UInt64 {
        let counts = metrics.counts
        return counts.planned > counts.started ? counts.planned - counts.started : 0
    }

    /// Iterations of ``neverStarted`` that the generator did not even notice. The others found no place in flight.
    var unnoticed: UInt64 {
        let (planned, noticed) = (metrics.counts.planned, metrics.pacingLag.totalCount)
        return min(neverStarted, planned > noticed ? planned - noticed : 0)
    }

    /// The drift that the generator itself caused: as if no arrival had waited for a place in flight.
    var ownDrift: Double {
        let lateness = Int64(clamping: metrics.pacingLag.max)
        let end = min(loadTime, max(plannedTime, plannedTime &+ lateness))
        let offered = metrics.counts.started &+ (neverStarted - unnoticed)
        return targetRate > 0 ? rate(of: offered, until: end) / targetRate - 1 : 0
    }

    /// Adds another source's figures of the same scenario.
    package mutating func merge(_ other: ScenarioFigures) {
        metrics.merge(other.metrics)
        if let total = other.planTotal { planTotal = (planTotal ?? 0) &+ total }
        isOpen = isOpen && other.isOpen
        maxInFlight &+= other.maxInFlight
        startTime = min(startTime, other.startTime)
        loadTime = max(loadTime, other.loadTime)
        plannedTime = max(plannedTime, other.plannedTime)
    }
}
