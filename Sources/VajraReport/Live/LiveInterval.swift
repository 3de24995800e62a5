// SPDX-License-Identifier: Apache-2.0

package import VajraMetrics
import VajraWire

/// The last interval of one scenario over all sources.
///
/// The sources' clocks may differ, and so may their starts. So it merges their latest snapshots, not those of the same
/// wall-clock second.
package struct LiveInterval: Sendable {
    /// Length of the longest snapshot in it, nanoseconds; a slow reader gets several intervals as one.
    package private(set) var length: Int64 = 0
    /// Started iterations per second.
    package private(set) var achievedRate = 0.0
    /// Planned arrivals per second at the interval's end; 0 in the closed model.
    package private(set) var targetRate = 0.0
    /// The statuses of what was completed.
    package private(set) var statuses = StatusCounts()
    /// Response times, in nanoseconds.
    package private(set) var responseTime = Histogram()
    /// How late iterations were started, in nanoseconds.
    package private(set) var lag = Histogram()

    /// The sources that are in it.
    private(set) var sources: Set<Int> = []

    /// The response p99 in nanoseconds; nil where nothing ended.
    var responsePercentile99: UInt64? { responseTime.isEmpty ? nil : responseTime.value(atQuantile: 0.99) }

    /// An interval to which no source has contributed.
    init() {}

    mutating func add(_ snapshot: Snapshot, of source: Int) {
        let time = LiveInterval.nanoseconds(from: snapshot.startUnixMicroseconds, to: snapshot.endUnixMicroseconds)
        // A long snapshot may come in parts: the counts are in the first of them.
        length = max(length, time)
        if time > 0 { achievedRate += Double(snapshot.metrics.counts.started) / Double(time) * 1e9 }
        if !sources.contains(source) { targetRate += snapshot.targetRate }
        statuses.merge(snapshot.metrics.counts.statuses)
        responseTime.merge(snapshot.metrics.responseTime)
        lag.merge(snapshot.metrics.lag)
        sources.insert(source)
    }

    /// The time between two instants in microseconds; 0 if they are not in this order, or further apart than the
    /// longest run.
    static func nanoseconds(from start: Int64, to end: Int64) -> Int64 {
        let (difference, overflow) = end.subtractingReportingOverflow(start)
        return overflow || difference < 0 || difference > .max / 1000 ? 0 : difference * 1000
    }
}
