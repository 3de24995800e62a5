// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraWire

/// Everything that one source has said: what it announced, what it measured, and whether all of it has come.
struct SourceLedger: Sendable {
    private var sequence = SequenceRanges()
    private var received: UInt64 = 0
    private var snapshots: [String: SnapshotSum] = [:]
    private var ends: [Int: RunEnded] = [:]

    private(set) var started: RunStarted?
    private(set) var duplicates: UInt64 = 0
    private(set) var firstFailure: FirstFailure?
    private var scenarios: Set<String> = []

    fileprivate struct SnapshotSum: Sendable {
        var metrics = ScenarioMetrics()
        var startUnixMicroseconds = Int64.max
        var endUnixMicroseconds = Int64.min
    }

    private var snapshotHealth = Health()

    /// Takes a line; false when it had come already.
    mutating func take(_ envelope: Envelope, _ body: LineBody) -> Bool {
        guard sequence.insert(envelope.sequence) else {
            duplicates += 1
            return false
        }
        received &+= 1
        switch body {
        case .runStarted(let line):
            started = line
            for scenario in line.scenarios { note(scenario.name) }
        case .snapshot(let line):
            note(line.scenario)
            snapshots[line.scenario, default: SnapshotSum()].add(line)
            if let health = line.health { snapshotHealth.merge(health) }
        case .runEnded(let line):
            for scenario in line.scenarios { note(scenario.name) }
            ends[line.part] = line
        case .log(let line): firstFailure = .earlier(firstFailure, FirstFailure(line))
        case .iteration, .event, .other: break
        }
        return true
    }

    private mutating func note(_ scenario: String) {
        scenarios.insert(scenario)
    }

    /// Whether the source has named this scenario before.
    func knows(_ scenario: String) -> Bool { scenarios.contains(scenario) }

    /// How many scenarios the source has named.
    var scenarioCount: Int { scenarios.count }

    /// The scenarios in the order of the plan, and others, which only a damaged stream has, by name: the same lines give
    /// the same order, however they come.
    var scenarioOrder: [String] {
        let planned = (started?.scenarios ?? []).map(\.name)
        return planned + scenarios.subtracting(planned).sorted()
    }

    // MARK: Completeness

    /// The end, when all of its parts have come.
    var end: RunEnded? {
        guard let any = ends.values.first, ends.count == any.parts else { return nil }
        return ends[1]
    }

    /// Lines that were written and have not come: gaps in the numbers, or fewer of a type than the end says.
    var gaps: UInt64 {
        guard let end else { return sequence.missing }
        let announced = end.lines.reduce(0) { $0 &+ $1.count }
        return max(sequence.missing, announced > received ? announced - received : 0)
    }

    /// Whether everything has come: the end, and every line before it.
    var isComplete: Bool { end != nil && gaps == 0 }

    /// Whether the figures are the source's own totals, so that no gap in the lines can have taken anything from them.
    var isProven: Bool { end != nil }

    // MARK: Figures

    /// The generator's health over the run.
    var health: Health { end?.health ?? snapshotHealth }

    /// The figures by scenario: the end's cumulative ones, or as much as the snapshots give.
    func figures() -> [String: ScenarioFigures] {
        var all: [String: ScenarioFigures] = [:]
        if isProven {
            for end in ends.values {
                for scenario in end.scenarios {
                    var share = ScenarioFigures()
                    share.metrics = scenario.metrics
                    share.loadTime = scenario.loadTime
                    share.plannedTime = scenario.plannedTime
                    all[scenario.name, default: ScenarioFigures()].merge(share)
                }
            }
        } else {
            for (name, sum) in snapshots {
                var figures = ScenarioFigures()
                figures.metrics = sum.metrics
                let origin = started?.startUnixMicroseconds ?? sum.startUnixMicroseconds
                figures.loadTime = max(0, sum.endUnixMicroseconds - origin) * 1000
                figures.plannedTime = figures.loadTime
                all[name] = figures
            }
        }
        for scenario in started?.scenarios ?? [] {
            all[scenario.name, default: ScenarioFigures()].planTotal = scenario.planned
            all[scenario.name]?.isOpen = scenario.model == "open"
            all[scenario.name]?.maxInFlight = scenario.maxInFlight
            all[scenario.name]?.startTime = max(0, scenario.start)
        }
        return all
    }
}

extension SourceLedger.SnapshotSum {
    fileprivate mutating func add(_ snapshot: Snapshot) {
        metrics.merge(snapshot.metrics)
        startUnixMicroseconds = min(startUnixMicroseconds, snapshot.startUnixMicroseconds)
        endUnixMicroseconds = max(endUnixMicroseconds, snapshot.endUnixMicroseconds)
    }
}
