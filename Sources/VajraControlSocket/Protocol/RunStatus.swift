// SPDX-License-Identifier: Apache-2.0

/// How a run stands, as the process that generates its load knows it; figures are those of the last full interval.
package struct RunStatus: Sendable, Equatable {
    /// Where the run is in its course.
    package enum State: String, Sendable, CaseIterable {
        /// Task instances are being prepared.
        case initializing
        case running
        /// No more arrivals; what is in flight is waited for.
        case draining
        /// Task instances are being torn down.
        case tearingDown = "tearing_down"
        /// The end is being written.
        case ended
    }

    /// What has happened to iterations so far.
    package struct Counts: Sendable, Equatable {
        package var planned: UInt64 = 0
        package var started: UInt64 = 0
        package var completed: UInt64 = 0
        package var succeeded: UInt64 = 0
        package var failed: UInt64 = 0
        package var dropped: UInt64 = 0
        package var inFlight: UInt64 = 0

        package init() {}

        /// Adds another scenario's.
        package mutating func add(_ other: Counts) {
            planned += other.planned
            started += other.started
            completed += other.completed
            succeeded += other.succeeded
            failed += other.failed
            dropped += other.dropped
            inFlight += other.inFlight
        }
    }

    /// Points of a distribution, in nanoseconds.
    package struct Times: Sendable, Equatable {
        package var p50: Int64
        package var p99: Int64
        package var max: Int64

        /// Three points.
        package init(p50: Int64, p99: Int64, max: Int64) {
            self.p50 = p50
            self.p99 = p99
            self.max = max
        }
    }

    /// One scenario's share.
    package struct Scenario: Sendable, Equatable {
        package var name: String
        package var counts: Counts
        /// The arrival rate that its plan asks for now, per second; 0 in the closed model.
        package var targetRate: Double
        package var responseTime: Times?
        package var serviceTime: Times?
        package var lag: Times?

        /// A scenario without figures.
        package init(name: String, counts: Counts = Counts(), targetRate: Double = 0) {
            self.name = name
            self.counts = counts
            self.targetRate = targetRate
        }
    }

    package var runID: String
    package var name: String
    package var source: String
    package var tool: String
    package var toolVersion: String
    package var host: String
    package var pid: Int64
    package var segment: String
    package var state: State
    /// The plan's instant 0, microseconds since the Unix epoch; nil before it is set.
    package var startUnixMicroseconds: Int64?
    /// Time since the plan's instant 0, in nanoseconds.
    package var elapsed: Int64 = 0
    /// How long the plan lasts, in nanoseconds; nil where it does not say.
    package var plannedDuration: Int64?
    /// How many iterations the whole plan of this process has; nil where it does not say.
    package var planTotal: UInt64?
    package var scenarios: [Scenario] = []

    /// A run that has only begun.
    package init(
        runID: String, name: String, source: String, tool: String, toolVersion: String, host: String, pid: Int64,
        segment: String, state: State
    ) {
        self.runID = runID
        self.name = name
        self.source = source
        self.tool = tool
        self.toolVersion = toolVersion
        self.host = host
        self.pid = pid
        self.segment = segment
        self.state = state
    }

    /// The sum over all scenarios.
    package var total: Counts {
        scenarios.reduce(into: Counts()) { $0.add($1.counts) }
    }

    /// How much of the plan's time has passed, 0 to 1; nil where it does not say how long it lasts.
    package var progress: Double? {
        plannedDuration.map { $0 > 0 ? min(1, max(0, Double(elapsed) / Double($0))) : 1 }
    }
}
