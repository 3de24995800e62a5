// SPDX-License-Identifier: Apache-2.0

/// Finds the lanes that have not reported for so long that the user should know. Pure.
struct LaneSilence {
    /// After this time a lane counts as standing still: 1 s, in nanoseconds. A busy machine causes shorter delays.
    private static let tolerated: Int64 = 1_000_000_000

    private var lastReported: [Int: Int] = [:]
    private var told: Set<Int> = []

    /// A lane has reported this interval.
    mutating func reported(_ lane: Int, _ tick: Int) {
        lastReported[lane] = tick
        told.remove(lane)
    }

    /// The lanes to report, now that an interval went out without some: each once until it reports again.
    mutating func told(by interval: SnapshotAssembler.Interval, every length: Int64) -> [Int] {
        interval.missingLanes.filter { lane in
            let silent = interval.tick + SnapshotAssembler.mostWaiting - (lastReported[lane] ?? -1)
            return Int64(silent) * length >= LaneSilence.tolerated && told.insert(lane).inserted
        }
    }
}
