// SPDX-License-Identifier: Apache-2.0

import VajraEngine
import VajraMetrics
import VajraModel
import VajraSystem
import VajraWire

/// Puts the lanes' reports of each interval together, in order, and keeps the run's totals. Pure.
///
/// An interval is complete when every lane has reported it or has finished before it. It waits for a lane that stands still
/// only until ``mostWaiting`` intervals wait: then it goes out without that lane, and what the lane reports of it later becomes
/// part of the next interval that goes out. So memory is bounded, a view never stands still, and the sum stays exact.
struct SnapshotAssembler {
    /// How many intervals wait for a lane.
    static let mostWaiting = 4

    /// One interval of all lanes.
    struct Interval {
        let tick: Int
        var metrics: [ScenarioMetrics]
        var busiestLaneCPU: Int64 = 0
        var longestProcessorWait: Int64 = 0
        /// The lanes whose share of it is to come later.
        var missingLanes: [Int] = []
    }

    private struct Pending {
        var interval: Interval
        var lanes: Set<Int> = []
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
        let empty = Array(repeating: ScenarioMetrics(), count: scenarios)
        // What comes too late for its own interval counts in the next one.
        let tick = max(report.tick, nextTick)
        var slot = pending[tick] ?? Pending(interval: Interval(tick: tick, metrics: empty))
        if tick == report.tick { slot.lanes.insert(report.lane) }
        slot.interval.busiestLaneCPU = max(slot.interval.busiestLaneCPU, report.cpu)
        slot.interval.longestProcessorWait = max(slot.interval.longestProcessorWait, report.processorWait)
        for (index, interval) in report.scenarios {
            slot.interval.metrics[index].merge(interval.metrics)
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
        while var slot = pending[nextTick] ?? (isOverdue ? Pending(interval: nothing) : nil) {
            let missing = (0..<lanes).filter { lane in
                !slot.lanes.contains(lane) && !(finishedAt[lane].map { $0 < nextTick } ?? false)
            }
            guard missing.isEmpty || isOverdue else { break }
            slot.interval.missingLanes = missing
            pending[nextTick] = nil
            complete.append(slot.interval)
            nextTick += 1
        }
        return complete
    }

    /// Whether so many intervals wait that the next one goes out as it is.
    private var isOverdue: Bool { pending.keys.max().map { $0 - nextTick >= SnapshotAssembler.mostWaiting } ?? false }

    private var nothing: Interval {
        Interval(tick: nextTick, metrics: Array(repeating: ScenarioMetrics(), count: scenarios))
    }

    /// The intervals that some lane has not reported and never will, when the run ends without it.
    mutating func takeRest() -> [Interval] {
        let rest = pending.keys.sorted().compactMap { pending[$0]?.interval }
        pending = [:]
        return rest
    }
}
