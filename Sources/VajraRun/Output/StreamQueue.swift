// SPDX-License-Identifier: Apache-2.0

import VajraEngine
import VajraModel
import VajraWire

/// The lines that wait to be written to the stream, bounded for any reader. Pure.
///
/// Lines about the run are never left out. Snapshots of one scenario merge while they wait, so they lose nothing and
/// need no more room. Log and iteration lines beyond the limits are left out and counted.
struct StreamQueue: Sendable {
    static let logLimit = 10_000
    static let iterationLimit = 200_000

    /// Iterations of one scenario, not yet made into lines.
    struct Iterations: Sendable {
        let scenario: String
        let records: [IterationRecord]
    }

    private(set) var lines: [LineBody] = []
    private(set) var snapshots: [Snapshot] = []
    private(set) var logs: [LogLine] = []
    private(set) var iterations: [Iterations] = []
    private var iterationCount = 0

    /// Left out so far.
    private(set) var logsDropped: UInt64 = 0
    private(set) var iterationsDropped: UInt64 = 0

    var isEmpty: Bool { lines.isEmpty && snapshots.isEmpty && logs.isEmpty && iterations.isEmpty }

    mutating func append(_ line: LineBody) {
        lines.append(line)
    }

    mutating func append(_ snapshot: Snapshot) {
        if let index = snapshots.firstIndex(where: { $0.scenario == snapshot.scenario }) {
            snapshots[index].append(snapshot)
        } else {
            snapshots.append(snapshot)
        }
    }

    mutating func append(_ log: LogLine) {
        if logs.count < StreamQueue.logLimit { logs.append(log) } else { logsDropped += 1 }
    }

    mutating func append(_ batch: Iterations, leftOut: UInt64) {
        iterationsDropped += leftOut
        guard iterationCount + batch.records.count <= StreamQueue.iterationLimit else {
            iterationsDropped += UInt64(batch.records.count)
            return
        }
        guard !batch.records.isEmpty else { return }
        iterationCount += batch.records.count
        iterations.append(batch)
    }

    /// Counts log records that their sender left out.
    mutating func countLeftOut(_ logs: UInt64) {
        logsDropped += logs
    }

    /// Counts a line that could not be written.
    mutating func countUnwritable(_ line: LineBody) {
        if case .log = line { logsDropped += 1 } else { iterationsDropped += 1 }
    }

    /// Takes everything out, in writing order; the counts of what was left out stay.
    mutating func takeAll() -> StreamQueue {
        let taken = self
        lines = []
        snapshots = []
        logs = []
        iterations = []
        iterationCount = 0
        return taken
    }
}
