// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraMetrics
package import VajraModel
package import VajraWire

/// What the live view knows of a run while it goes on. Pure: lines in, figures out.
///
/// It takes each line that the aggregator accepts once, and keeps only the sums.
package struct LiveModel: Sendable {
    /// A source; its index is in the order of first lines.
    private struct Source: Sendable {
        var startUnixMicroseconds: Int64?
        var hasEnded = false
        var endParts = 0
    }

    /// The aggregator's limit for one source; more scenarios than fit any screen.
    private static let scenarioLimit = 256

    private var indices: [SourceKey: Int] = [:]
    private var sources: [Source] = []
    private var scenarios: [LiveScenario] = []
    private var scenarioPlaces: [String: Int] = [:]
    private var name = ""
    private var runID = ""
    private var elapsed: Int64 = 0
    private var plannedTime: Int64 = 0
    private var plan: LivePlan?
    private let thresholds: [Threshold]
    private var announced: [String] = []
    private var messages = 0
    /// Whether someone has asked the run, or its reader, to stop.
    package private(set) var isStopping = false
    /// The longest interval that a source has announced, nanoseconds; 0 before any has.
    package private(set) var snapshotInterval: Int64 = 0

    /// - Parameter thresholds: Judged in addition to those that the sources announce.
    package init(thresholds: [Threshold] = []) {
        self.thresholds = thresholds
    }

    /// Whether a run has started; before, there is nothing to show.
    package var hasStarted: Bool { !sources.isEmpty }

    /// Takes a line of a source; returns whether it changes the figures.
    package mutating func take(_ envelope: Envelope, _ body: LineBody) -> Bool {
        switch body {
        case .runStarted(let line): take(line, of: index(of: envelope))
        case .snapshot(let line): take(line, of: index(of: envelope))
        case .runEnded(let line): take(line, of: index(of: envelope))
        case .event(let line) where line.name == "stopping": isStopping = true
        case .iteration, .log, .event, .other: return false
        }
        return true
    }

    /// Someone has asked the run, or its reader, to stop.
    package mutating func takeStop() {
        isStopping = true
    }

    /// A message has come, to be shown above the report.
    package mutating func takeMessage() {
        messages += 1
    }

    private mutating func index(of envelope: Envelope) -> Int {
        let key = SourceKey(runID: envelope.runID, source: envelope.source)
        if let index = indices[key] { return index }
        if sources.isEmpty { runID = envelope.runID }
        indices[key] = sources.count
        sources.append(Source())
        return sources.count - 1
    }

    private mutating func take(_ line: RunStarted, of source: Int) {
        if name.isEmpty { name = line.name }
        sources[source].startUnixMicroseconds = line.startUnixMicroseconds
        snapshotInterval = max(snapshotInterval, line.snapshotInterval)
        // All sources of a run have the same plan, each its share of it.
        if plan == nil { plan = LivePlan(config: line.config) }
        for rule in line.thresholds where announced.count < Threshold.mostOfARun && !announced.contains(rule) {
            announced.append(rule)
        }
        for scenario in line.scenarios {
            plannedTime = max(plannedTime, scenario.plannedDuration)
            withScenario(scenario.name) { $0.announce(scenario, by: source) }
        }
    }

    private mutating func take(_ line: Snapshot, of source: Int) {
        let start = sources[source].startUnixMicroseconds ?? line.startUnixMicroseconds
        sources[source].startUnixMicroseconds = start
        elapsed = max(elapsed, LiveInterval.nanoseconds(from: start, to: line.endUnixMicroseconds))
        let isJudged = !thresholds.isEmpty || !announced.isEmpty
        withScenario(line.scenario) { $0.take(line, of: source, isJudged: isJudged) }
    }

    private mutating func take(_ line: RunEnded, of source: Int) {
        sources[source].endParts += 1
        guard sources[source].endParts >= line.parts else { return }
        sources[source].hasEnded = true
        for index in scenarios.indices { scenarios[index].end(source) }
    }

    private mutating func withScenario(_ name: String, _ body: (inout LiveScenario) -> Void) {
        let index = scenarioPlaces[name] ?? scenarios.count
        if index == scenarios.count {
            guard index < LiveModel.scenarioLimit else { return }
            scenarioPlaces[name] = index
            scenarios.append(LiveScenario(name: name))
        }
        body(&scenarios[index])
    }

    /// The figures as they are now.
    package var figures: LiveFigures {
        let results = thresholdResults
        let scenarios = scenarios.map { scenario in
            scenario.figures(elapsed: elapsed, phase: plan?.phase(of: scenario.name, at: elapsed))
        }
        let ended = sources.count(where: \.hasEnded)
        let inFlight = scenarios.reduce(0) { $0 &+ $1.inFlight }
        let stage: LiveFigures.Stage =
            if ended == sources.count, ended > 0 {
                .ended
            } else if isStopping {
                .stopping
            } else if plannedTime > 0, elapsed >= plannedTime {
                .draining(inFlight)
            } else {
                .running
            }
        return LiveFigures(
            name: name, runID: runID, sources: sources.count, sourcesEnded: ended, elapsed: elapsed,
            plannedTime: plannedTime, stage: stage, drain: plan?.drain, messages: messages, thresholds: results,
            scenarios: scenarios)
    }

    /// The thresholds, judged by the figures so far.
    private var thresholdResults: [ThresholdResult] {
        guard !thresholds.isEmpty || !announced.isEmpty else { return [] }
        let merged = scenarios.map { (name: $0.name, figures: $0.merged(elapsed: elapsed)) }
        var total = merged.first?.figures ?? ScenarioFigures()
        for (_, figures) in merged.dropFirst() { total.merge(figures) }
        return ThresholdResult.all(thresholds, announced: announced, scenarios: merged, total: total)
    }
}
