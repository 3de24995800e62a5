// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// Everything that a run is made from, valid as a whole.
package struct RunConfig: Sendable, Equatable {
    /// The run's name.
    package var name: String
    /// Labels by name, in their order.
    package var labels: [Label] = []
    package var scenarios: [ScenarioConfig]
    /// How often each scenario's metrics are written.
    package var snapshotInterval = TimeSpan.seconds(1)
    /// How long a stop waits for what is in flight.
    package var drain = TimeSpan.seconds(3)
    /// What must hold of the merged figures for the run to pass.
    package var thresholds: [Threshold] = []
    /// Texts of this config that came from files, each with the text that `json()` shows instead.
    package var disguises: [String: String] = [:]

    package struct Label: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A run of the given scenarios.
    package init(name: String, scenarios: [ScenarioConfig]) {
        self.name = name
        self.scenarios = scenarios
    }
}

/// One scenario: a task and the load that it is put under.
package struct ScenarioConfig: Sendable, Equatable {
    package var name: String
    package var task: TaskConfig
    package var load: LoadConfig
    /// How long after the run's start its plan begins.
    package var start = TimeSpan.zero
    /// How many iterations may be in flight over all lanes; nil for the task's own default.
    package var maxInFlight: Int?
    package var whenSaturated = SaturationConfig.queue

    /// How many iterations may be in flight: the closed model's concurrency, `maxInFlight` or the task's own default,
    /// and never more than the connections carry. An iteration without a connection waits in the queue, where its wait
    /// is lag.
    package var inFlightLimit: Int {
        if case .closed(let concurrency, _, _, _) = load { return concurrency }
        guard case .http(let http) = task else { return maxInFlight ?? task.usualInFlight }
        return min(maxInFlight ?? http.places ?? task.usualInFlight, http.places ?? .max)
    }

    /// Whether the user has left the limit on iterations in flight open.
    package var hasUsualInFlight: Bool {
        guard case .open = load, maxInFlight == nil else { return false }
        guard case .http(let http) = task else { return true }
        return http.places == nil
    }

    package init(name: String, task: TaskConfig, load: LoadConfig) {
        self.name = name
        self.task = task
        self.load = load
    }
}

/// What becomes of an arrival while `max_in_flight` iterations are in flight.
package enum SaturationConfig: String, Sendable, CaseIterable {
    /// It waits, and the wait is part of its response time.
    case queue
    /// It never starts, and is counted.
    case drop
}

/// What one iteration does.
package enum TaskConfig: Sendable, Equatable {
    /// Nothing: measures the generator itself.
    case none
    case http(HTTPTaskConfig)
    case command(CommandTaskConfig)
    /// The task of the user's own executable, with its parameters.
    case custom([String: String])

    /// The default limit on iterations in flight. It is so high that a slow target does not hold up arrivals. Each
    /// takes about 4 KiB here and a connection; a process costs more, and `none` never waits.
    package var usualInFlight: Int {
        switch self {
        case .http, .custom: 10_000
        case .command(let command): command.style == .ndjson ? 10_000 : 256
        case .none: 256
        }
    }

    /// The task's name in configs and on the command line.
    package var kind: String {
        switch self {
        case .none: "none"
        case .http: "http"
        case .command: "command"
        case .custom: "custom"
        }
    }
}

/// How iterations arrive.
package enum LoadConfig: Sendable, Equatable {
    /// At the planned rate, whatever the completions do.
    case open(phases: [LoadPhase], arrivals: ArrivalProcess)
    /// Each user starts an iteration when its last one has ended.
    case closed(concurrency: Int, thinkTime: TimeSpan, duration: TimeSpan?, iterations: UInt64?)
}
