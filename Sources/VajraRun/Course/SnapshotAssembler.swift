// SPDX-License-Identifier: Apache-2.0

import VajraEngine
import VajraMetrics
import VajraModel
import VajraSystem
import VajraWire

/// Merges the lanes' reports of each interval, in order, and keeps the run's totals. Pure.
///
/// A lane's reports come in order. An interval is complete when every lane has reported it, or has finished before it.
/// A lane that was held up reports once for several intervals; these go out as one long interval. An interval waits for
/// a lane that stands still until ``mostWaiting`` later ones wait too. Then it goes out without that lane. The lane's
/// late report counts in the next interval. So memory is bounded, the live view goes on, and the sum stays exact.
struct SnapshotAssembler {
    /// How many intervals wait for a lane.
    static let mostWaiting = 4

    /// One interval of all lanes.
    struct Interval {
        /// Its number. It begins at the end of the interval that went out before it.
        let tick: Int
        var metrics: [ScenarioMetrics]
        var busiestLaneCPU: Int64 = 0
        var longestProcessorWait: Int64 = 0
        /// The lanes that will report later.
        var missingLanes: [Int] = []
    }

    /// The reports of an interval so far.
    private struct Pending {
        var metrics: [ScenarioMetrics]
        var lanes: Set<Int> = []
        var cpu: [Int: Int64] = [:]
        var processorWait: [Int: Int64] = [:]

        mutating func merge(_ later: Pending) {
            for index in metrics.indices { metrics[index].merge(later.metrics[index]) }
            lanes.formUnion(later.lanes)
            cpu.merge(later.cpu, uniquingKeysWith: +)
            processorWait.merge(later.processorWait, uniquingKeysWith: +)
        }
    }

    private let lanes: Int
    private let scenarios: Int
    private var pending: [Int: Pending] = [:]
    private var nextTick = 0
    private var finishedAt: [Int: Int] = [:]

    /// Everything measured so far, by scenario.
    private(set) var totals: [ScenarioMetrics]
    /// When the last iteration of each scenario was started.
    private(set) var lastStarts: [MonotonicInstant?]

    init(lanes: Int, scenarios: Int) {
        self.lanes = lanes
        self.scenarios = scenarios
        totals = Array(repeating: ScenarioMetrics(), count: scenarios)
        lastStarts = Array(repeating: nil, count: scenarios)
    }

    /// Takes a lane's report, and gives the intervals that it completes.
    mutating func take(_ report: LaneReport, recycle: (ScenarioMetrics) -> Void) -> [Interval] {
        // A report that comes too late for its interval counts in the next one.
        let tick = max(report.tick, nextTick)
        var slot = pending[tick] ?? Pending(metrics: Array(repeating: ScenarioMetrics(), count: scenarios))
        if tick == report.tick { slot.lanes.insert(report.lane) }
        slot.cpu[report.lane, default: 0] += report.cpu
        slot.processorWait[report.lane, default: 0] += report.processorWait
        for (index, interval) in report.scenarios {
            slot.metrics[index].merge(interval.metrics)
            totals[index].merge(interval.metrics)
            if let start = interval.lastStart { lastStarts[index] = max(lastStarts[index] ?? start, start) }
            recycle(interval.metrics)
        }
        pending[tick] = slot
        if report.isFinal { finishedAt[report.lane] = report.tick }
        return takeComplete()
    }

    private mutating func takeComplete() -> [Interval] {
        var complete: [Interval] = []
        while let tick = pending.keys.sorted().first(where: { missing(in: $0).isEmpty }) {
            if let interval = takeAll(until: tick) { complete.append(interval) }
        }
        while pending.count > SnapshotAssembler.mostWaiting, let oldest = pending.keys.min() {
            let missing = missing(in: oldest)
            guard var interval = takeAll(until: oldest) else { break }
            interval.missingLanes = missing
            complete.append(interval)
        }
        return complete
    }

    /// The lanes that have not reported the interval, and did not finish before it.
    private func missing(in tick: Int) -> [Int] {
        (0..<lanes).filter { lane in
            pending[tick]?.lanes.contains(lane) != true && !(finishedAt[lane].map { $0 < tick } ?? false)
        }
    }

    /// Everything that waits up to the interval, as one; nil when nothing does.
    private mutating func takeAll(until last: Int) -> Interval? {
        let ticks = pending.keys.filter { $0 <= last }.sorted()
        guard let first = ticks.first, let newest = ticks.last, var sum = pending[first] else { return nil }
        for tick in ticks {
            if let later = pending.removeValue(forKey: tick), tick > first { sum.merge(later) }
        }
        nextTick = newest + 1
        return Interval(
            tick: newest, metrics: sum.metrics, busiestLaneCPU: sum.cpu.values.max() ?? 0,
            longestProcessorWait: sum.processorWait.values.max() ?? 0)
    }

    /// The rest, when the run ends without the missing reports.
    mutating func takeRest() -> Interval? { takeAll(until: .max - 1) }
}
