// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
package import VajraModel
package import VajraWire

/// Merges any number of sources, in any order of their lines, into one summary. Pure: lines in, figures out.
package struct Aggregator: Sendable {
    private var ledgers = SourceLedgers()
    private var badLines: UInt64 = 0
    private var unknownLines: UInt64 = 0
    private var runs = RunCheck()
    private let thresholds: [Threshold]
    private let isPartial: Bool

    /// - Parameters:
    ///   - thresholds: Judged in addition to those that the sources announce.
    ///   - isPartial: Whether only some of a run's shares are expected.
    package init(thresholds: [Threshold] = [], isPartial: Bool = false) {
        self.thresholds = thresholds
        self.isPartial = isPartial
    }

    /// Whether any line of a run has come.
    package var isEmpty: Bool { ledgers.isEmpty }

    /// How many scenarios of a source are kept: a damaged stream must not fill the memory.
    private static let scenarioLimit = 256
    private static let noteLimit = 256

    /// Takes a line. Returns false for a line that has come before; it counts once.
    ///
    /// - Throws: ``WireError/invalid(field:reason:)`` when it would be one source or scenario too many.
    @discardableResult
    package mutating func take(_ envelope: Envelope, _ body: LineBody) throws(WireError) -> Bool {
        guard let place = ledgers.place(of: envelope) else {
            throw .invalid(field: "source", reason: "there are more than \(SourceLedgers.limit) sources")
        }
        if ledgers[place].scenarioCount + body.scenarioCount > Aggregator.scenarioLimit,
            !body.scenarioNames.allSatisfy(ledgers[place].knows)
        {
            throw .invalid(field: "scenario", reason: "the source has more than \(Aggregator.scenarioLimit) scenarios")
        }
        guard ledgers.take(envelope, body, at: place) else { return false }
        switch body {
        case .runStarted(let line):
            runs.take(SourceKey(runID: envelope.runID, source: envelope.source), segment: line.segment)
        case .other(let type) where LineType(rawValue: type) == nil: unknownLines += 1
        default: break
        }
        return true
    }

    /// Two sources that are not of one run, as soon as that is certain.
    package var mixedRuns: MixedRuns? { runs.mixed }

    /// Counts a line that could not be read.
    package mutating func takeBadLine() {
        badLines += 1
    }

    /// The figures so far.
    package func summary() -> Summary {
        let all = ledgers.sorted()
        var order: [String] = []
        var merged: [String: ScenarioFigures] = [:]
        var sources: [Summary.Source] = []
        for (key, ledger) in all {
            let figures = ledger.figures()
            for name in ledger.scenarioOrder where !order.contains(name) { order.append(name) }
            for (name, share) in figures { Aggregator.add(share, to: &merged[name]) }
            sources.append(Summary.Source(key, ledger, figures))
        }
        let scenarios = order.compactMap { name in merged[name].map { (name: name, figures: $0) } }
        var total: ScenarioFigures?
        for (_, figures) in scenarios { Aggregator.add(figures, to: &total) }
        if scenarios.contains(where: { $0.figures.planTotal == nil }) { total?.planTotal = nil }
        let honesty = Honesty(scenarios: scenarios, health: sources.map(\.health))
        let results = ThresholdResult.all(
            thresholds, announced: all.flatMap { $0.ledger.started?.thresholds ?? [] }, scenarios: scenarios,
            total: total ?? ScenarioFigures())
        let judgement = Judgement(
            sources: sources, total: total ?? ScenarioFigures(), honesty: honesty, badLines: badLines,
            isThresholdMissed: results.contains { !$0.isPassed }, isPartial: isPartial)
        var notes: [String] = []
        for note in all.flatMap({ $0.ledger.started?.notes ?? [] }) where !notes.contains(note) {
            if notes.count < Aggregator.noteLimit { notes.append(note) }
        }
        let started = all.lazy.compactMap(\.ledger.started).first
        return Summary(
            name: started?.name ?? "", runID: all.first?.key.runID ?? "", runCount: Set(all.map(\.key.runID)).count,
            context: Summary.Context(all.compactMap(\.ledger.started)),
            duration: scenarios.map(\.figures.loadTime).max() ?? 0, scenarios: scenarios,
            total: total ?? ScenarioFigures(), sources: sources, honesty: honesty, thresholds: results,
            badLines: badLines,
            unknownLines: unknownLines, notes: notes, problems: judgement.problems, verdict: judgement.verdict,
            exitStatus: judgement.exitStatus,
            firstFailure: all.reduce(nil) { .earlier($0, $1.ledger.firstFailure) })
    }

    private static func add(_ share: ScenarioFigures, to sum: inout ScenarioFigures?) {
        if sum == nil { sum = share } else { sum?.merge(share) }
    }
}

extension LineBody {
    fileprivate var scenarioNames: [String] {
        switch self {
        case .runStarted(let line): line.scenarios.map(\.name)
        case .snapshot(let line): [line.scenario]
        case .runEnded(let line): line.scenarios.map(\.name)
        case .iteration, .log, .event, .other: []
        }
    }

    fileprivate var scenarioCount: Int {
        switch self {
        case .runStarted(let line): line.scenarios.count
        case .snapshot: 1
        case .runEnded(let line): line.scenarios.count
        case .iteration, .log, .event, .other: 0
        }
    }
}

extension Summary.Source {
    fileprivate init(_ key: SourceKey, _ ledger: SourceLedger, _ figures: [String: ScenarioFigures]) {
        var total: ScenarioFigures?
        for name in ledger.scenarioOrder {
            guard let share = figures[name] else { continue }
            if total == nil { total = share } else { total?.merge(share) }
        }
        // A thousand sources' histograms would fill the memory, and they are in the merged figures.
        let counts = total?.metrics.counts ?? ScenarioCounts()
        total?.metrics = ScenarioMetrics()
        total?.metrics.counts = counts
        let end = ledger.end
        self.init(
            key: key, isComplete: ledger.isComplete, gaps: ledger.gaps, duplicates: ledger.duplicates,
            reason: end?.reason, signal: end?.signal ?? 0, message: end?.message ?? "",
            segment: ledger.started?.segment ?? "", health: ledger.health, figures: total ?? ScenarioFigures())
    }
}
