// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel
import VajraSystem

/// Many iterations in flight at once on one lane: a task that waits for a second, at so many a second.
enum Flight {
    static func run(count: Int64, seconds: Int64, isRecorded: Bool) throws {
        let load = try LaneLoad()
        let before = ProcessHealth.residentBytes()
        try load.open(
            Waiting(lane: load.lane, nanoseconds: 1_000_000_000), rate: count, seconds: seconds, isRecorded: isRecorded)
        var resident: UInt64 = 0
        try load.run { resident = max(resident, ProcessHealth.residentBytes()) }
        let iterations = Double(count * seconds)
        let line = [
            "in_flight=\(count)", "iterations=\(count * seconds)", "recorded=\(isRecorded)",
            "completed=\(load.counts.completed)", "cpu_ns_per_iteration=\(rounded(Double(load.cpu) / iterations))",
            "bytes_per_iteration=\(Int64(resident - before) / count)", "resident_bytes=\(resident)",
        ]
        print(line.joined(separator: " "))
    }
}
