// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraWire

/// The state of one source: what it announced, what it measured, and whether all of it has come.
struct SourceLedger: Sendable {
    private var sequence = SequenceRanges()
    private var received: UInt64 = 0
    private var snapshots: [String: SnapshotSum] = [:]
    private var ends: [Int: EndPart] = [:]

    private(set) var started: RunStarted?
    private(set) var duplicates: UInt64 = 0
    private(set) var firstFailure: FirstFailure?
    private var scenarios: Set<String> = []
    private var snapshotHealth = Health()
    private let isPacked: Bool

    /// - Parameter isPacked: Takes little memory, and more time for each snapshot.
    init(isPacked: Bool) {
        self.isPacked = isPacked
    }

    /// Takes a line; false when it had come already. Any number of ledgers can share the scratch space.
    mutating func take(_ envelope: Envelope, _ body: LineBody, through scratch: inout [UInt8]) -> Bool {
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
            if !isProven { add(line, through: &scratch) }
            if let health = line.health { snapshotHealth.merge(health) }
        case .runEnded(let line):
            for scenario in line.scenarios { note(scenario.name) }
            if !isProven { ends[line.part] = EndPart(line, through: &scratch) }
            // The end's totals replace them.
            if isProven { snapshots = [:] }
        case .log(let line): firstFailure = .earlier(firstFailure, FirstFailure(line))
        case .iteration, .event, .other: break
        }
        return true
    }

    private mutating func add(_ line: Snapshot, through scratch: inout [UInt8]) {
        if isPacked {
            snapshots[line.scenario, default: SnapshotSum()].pack(line, through: &scratch)
        } else {
            snapshots[line.scenario, default: SnapshotSum()].add(line)
        }
    }

    private mutating func note(_ scenario: String) {
        scenarios.insert(scenario)
    }

    /// Whether the source has named this scenario before.
    func knows(_ scenario: String) -> Bool { scenarios.contains(scenario) }

    /// How many scenarios the source has named.
    var scenarioCount: Int { scenarios.count }

    /// The scenarios in the order of the plan, then others by name; only a damaged stream has others. The same lines
    /// give the same order, whatever the order in which they come.
    var scenarioOrder: [String] {
        let planned = (started?.scenarios ?? []).map(\.name)
        return planned + scenarios.subtracting(planned).sorted()
    }

    // MARK: Completeness

    /// The end without its metrics, when all of its parts have come.
    var end: RunEnded? {
        guard let any = ends.values.first, ends.count == any.line.parts else { return nil }
        return ends[1]?.line
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

    /// The figures by scenario: the end's totals, or the sum of the snapshots.
    func figures() -> [String: ScenarioFigures] {
        var all: [String: ScenarioFigures] = [:]
        if isProven {
            for part in ends.values {
                for (scenario, metrics) in zip(part.line.scenarios, part.metrics) {
                    var share = ScenarioFigures()
                    share.metrics = metrics.metrics
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
