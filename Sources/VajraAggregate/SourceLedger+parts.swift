// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraWire

extension SourceLedger {
    /// One scenario's snapshots, added up.
    struct SnapshotSum: Sendable {
        private var open = ScenarioMetrics()
        private var packed = PackedMetrics()
        private(set) var startUnixMicroseconds = Int64.max
        private(set) var endUnixMicroseconds = Int64.min

        /// Everything that the snapshots measured.
        var metrics: ScenarioMetrics {
            var sum = packed.metrics
            sum.merge(open)
            return sum
        }

        /// Adds a snapshot quickly.
        mutating func add(_ snapshot: Snapshot) {
            open.merge(snapshot.metrics)
            noteTimes(of: snapshot)
        }

        /// Adds a snapshot in little memory.
        mutating func pack(_ snapshot: Snapshot, through scratch: inout [UInt8]) {
            packed.merge(snapshot.metrics, through: &scratch)
            noteTimes(of: snapshot)
        }

        private mutating func noteTimes(of snapshot: Snapshot) {
            startUnixMicroseconds = min(startUnixMicroseconds, snapshot.startUnixMicroseconds)
            endUnixMicroseconds = max(endUnixMicroseconds, snapshot.endUnixMicroseconds)
        }
    }

    /// One part of the source's end. Its metrics are packed, apart from the rest.
    struct EndPart: Sendable {
        let line: RunEnded
        /// In the order of the line's scenarios.
        let metrics: [PackedMetrics]

        init(_ line: RunEnded, through scratch: inout [UInt8]) {
            metrics = line.scenarios.map { scenario in
                var packed = PackedMetrics()
                packed.merge(scenario.metrics, through: &scratch)
                return packed
            }
            var line = line
            for index in line.scenarios.indices { line.scenarios[index].metrics = ScenarioMetrics() }
            self.line = line
        }
    }
}
