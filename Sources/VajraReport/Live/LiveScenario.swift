// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraMetrics
import VajraWire

/// One scenario of the live view: what its sources announced, and the sum of their snapshots. Bounded by two open
/// intervals and a history of fixed length.
struct LiveScenario: Sendable {
    /// How many intervals the sparkline can go back.
    static let historyLimit = 240
    /// How many intervals may wait for a source that is behind the others.
    private static let openLimit = 2

    let name: String
    private var isOpen = true
    private var planTotal: UInt64?
    private var isAnnounced = false
    private var metrics = ScenarioMetrics()
    private var start: Int64 = 0
    private var inFlight: [Int: UInt64] = [:]
    private var lastEnd: [Int: Int64] = [:]
    private var open: [LiveInterval] = []
    private var last: LiveInterval?
    private var history: [UInt64?] = []

    /// The sources that have announced the scenario and have not ended.
    private var live: Set<Int> = []

    init(name: String) {
        self.name = name
    }

    mutating func announce(_ scenario: RunStarted.Scenario, by source: Int) {
        start = isAnnounced ? min(start, scenario.start) : scenario.start
        isOpen = scenario.model == "open"
        let others: UInt64? = isAnnounced ? planTotal : 0
        planTotal = others.flatMap { sum in scenario.planned.map { sum &+ $0 } }
        isAnnounced = true
        live.insert(source)
    }

    /// - Parameter isJudged: Whether thresholds are judged; this needs everything that was measured.
    mutating func take(_ snapshot: Snapshot, of source: Int, isJudged: Bool) {
        if isJudged {
            metrics.merge(snapshot.metrics)
        } else {
            metrics.counts.merge(snapshot.metrics.counts)
            metrics.responseTime.merge(snapshot.metrics.responseTime)
        }
        inFlight[source] = snapshot.inFlight
        let isFurtherPart = lastEnd[source] == snapshot.endUnixMicroseconds
        lastEnd[source] = snapshot.endUnixMicroseconds
        if isFurtherPart {
            addPart(snapshot, of: source)
        } else if let index = open.firstIndex(where: { !$0.sources.contains(source) }) {
            open[index].add(snapshot, of: source)
        } else {
            var interval = LiveInterval()
            interval.add(snapshot, of: source)
            open.append(interval)
        }
        closeIntervals()
    }

    /// A long snapshot comes in parts, and the first of them may end its interval.
    private mutating func addPart(_ snapshot: Snapshot, of source: Int) {
        if let index = open.lastIndex(where: { $0.sources.contains(source) }) {
            open[index].add(snapshot, of: source)
        } else if last?.sources.contains(source) == true, !history.isEmpty {
            last?.add(snapshot, of: source)
            history[history.count - 1] = last?.responsePercentile99
        }
    }

    mutating func end(_ source: Int) {
        live.remove(source)
        inFlight[source] = 0
        closeIntervals()
    }

    /// An interval is over when every source is in it. It does not wait for a source that lags far behind.
    private mutating func closeIntervals() {
        while let first = open.first, live.isSubset(of: first.sources) || open.count > LiveScenario.openLimit {
            open.removeFirst()
            history.append(first.responsePercentile99)
            if history.count > LiveScenario.historyLimit { history.removeFirst() }
            last = first
        }
    }

    /// What is shown of it, when the run has gone on for so long.
    func figures(elapsed: Int64, phase: LiveFigures.Phase?) -> LiveFigures.Scenario {
        LiveFigures.Scenario(
            name: name, isOpen: isOpen, planTotal: planTotal, phase: phase, counts: metrics.counts,
            achievedRate: merged(elapsed: elapsed).achievedRate, inFlight: inFlight.values.reduce(0, &+), last: last,
            responseTime: metrics.responseTime, history: history)
    }

    /// What thresholds compare, when the run has gone on for so long.
    func merged(elapsed: Int64) -> ScenarioFigures {
        var figures = ScenarioFigures()
        figures.metrics = metrics
        figures.isOpen = isOpen
        figures.startTime = max(0, start)
        figures.loadTime = elapsed
        figures.plannedTime = elapsed
        return figures
    }
}
