// SPDX-License-Identifier: Apache-2.0

import VajraSystem
import VajraWire

/// How this process fares, interval by interval.
struct HealthMeter {
    private var cpu = Clock.processCPU()
    private var blocked: Int64 = 0
    private var logsDropped: UInt64 = 0
    private var iterationsDropped: UInt64 = 0

    /// Over the whole run so far.
    private(set) var total = Health()

    /// The whole run at its end, including lines that were left out during the teardown, after the last interval.
    func final(writer: StreamWriter) -> Health {
        var health = total
        let dropped = writer.dropped
        (health.logsDropped, health.iterationsDropped) = (dropped.logs, dropped.iterations)
        return health
    }

    /// What has changed since the last call, over an interval of that length.
    mutating func take(writer: StreamWriter, interval: SnapshotAssembler.Interval, elapsed: Int64) -> Health {
        var health = Health()
        let cpuNow = Clock.processCPU()
        let blockedNow = writer.blockedTime
        let dropped = writer.dropped
        health.cpu = cpuNow - cpu
        health.busiestLaneCPU = interval.busiestLaneCPU
        health.processorWait = interval.longestProcessorWait
        health.elapsed = elapsed
        health.residentBytes = ProcessHealth.residentBytes()
        health.outputBlocked = blockedNow - blocked
        health.logsDropped = dropped.logs - logsDropped
        health.iterationsDropped = dropped.iterations - iterationsDropped
        (cpu, blocked, logsDropped, iterationsDropped) = (cpuNow, blockedNow, dropped.logs, dropped.iterations)
        total.merge(health)
        return health
    }
}
