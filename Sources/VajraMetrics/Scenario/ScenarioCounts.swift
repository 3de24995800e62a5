// SPDX-License-Identifier: Apache-2.0

/// What was counted of one scenario over some time, in one place; adding two gives the counts of both.
package struct ScenarioCounts: Sendable, Equatable {
    /// Iterations whose intended start has come.
    package var planned: UInt64 = 0
    /// Iterations that were started.
    package var started: UInt64 = 0
    /// Iterations that ended, in success or failure.
    package var completed: UInt64 = 0
    /// Iterations that ended in success.
    package var succeeded: UInt64 = 0
    /// Iterations that were planned and never will start.
    package var dropped: UInt64 = 0
    /// Bytes sent, as the task counted them.
    package var bytesSent: UInt64 = 0
    /// Bytes received, as the task counted them.
    package var bytesReceived: UInt64 = 0
    /// Failed iterations by failure kind.
    package var failures = NamedCounts()
    /// Completed iterations by result code.
    package var statuses = StatusCounts()

    package init() {}

    /// Iterations that ended in failure.
    package var failed: UInt64 { failures.total }

    /// Iterations that were started and have not ended, when these counts are cumulative.
    package var inFlight: UInt64 { started >= completed ? started - completed : 0 }

    /// Adds the other's counts.
    package mutating func merge(_ other: ScenarioCounts) {
        planned &+= other.planned
        started &+= other.started
        completed &+= other.completed
        succeeded &+= other.succeeded
        dropped &+= other.dropped
        bytesSent &+= other.bytesSent
        bytesReceived &+= other.bytesReceived
        failures.merge(other.failures)
        statuses.merge(other.statuses)
    }
}
