// SPDX-License-Identifier: Apache-2.0

import VajraEngine
import VajraMetrics
import VajraModel
import VajraSystem
import VajraWire

/// Puts the lanes' reports of each interval together, in order, and keeps the run's totals. Pure.
///
/// An interval is complete when every lane has reported it or has finished before it.
struct SnapshotAssembler {
    /// One interval of all lanes.
    struct Interval {
        let tick: Int
        var metrics: [ScenarioMetrics]
        var busiestLaneCPU: Int64 = 0
        var longestProcessorWait: Int64 = 0
    }

    private struct Pending {
        var interval: Interval
        var lanes = 0
    }

    private let lanes: Int
    private let scenarios: Int
    private var pending: [Int: Pending] = [:]
    private var nextTick = 0
    private var finishedAt: [Int] = []

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
        var slot = pending[report.tick] ?? Pending(interval: Interval(tick: report.tick, metrics: empty))
        slot.lanes += 1
        slot.interval.busiestLaneCPU = max(slot.interval.busiestLaneCPU, report.cpu)
        slot.interval.longestProcessorWait = max(slot.interval.longestProcessorWait, report.processorWait)
        for (index, interval) in report.scenarios {
            slot.interval.metrics[index].merge(interval.metrics)
            totals[index].merge(interval.metrics)
            if let start = interval.lastStart { lastStarts[index] = max(lastStarts[index] ?? start, start) }
            recycle(interval.metrics)
        }
        pending[report.tick] = slot
        if report.isFinal { finishedAt.append(report.tick) }
        return takeComplete()
    }

    private mutating func takeComplete() -> [Interval] {
        var complete: [Interval] = []
        while let slot = pending[nextTick],
            slot.lanes + finishedAt.count(where: { $0 < nextTick }) >= lanes
        {
            pending[nextTick] = nil
            complete.append(slot.interval)
            nextTick += 1
        }
        return complete
    }

    /// The intervals that some lane has not reported and never will, when the run ends without it.
    mutating func takeRest() -> [Interval] {
        let rest = pending.keys.sorted().compactMap { pending[$0]?.interval }
        pending = [:]
        return rest
    }
}
