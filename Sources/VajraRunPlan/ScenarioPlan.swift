// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
package import VajraModel
package import VajraPlan

/// One scenario's plan, cut into the shares of this process's lanes.
package struct ScenarioPlan: Sendable {
    package let config: ScenarioConfig
    package let segment: Segment
    /// How many lanes take part: at most one for each place in flight or co-process.
    package let lanes: Int
    private let inFlightLimit: Int

    package enum Model: Sendable {
        case open(ArrivalPlan)
        case closed(ClosedPlan)
    }

    package let model: Model

    /// - Parameter room: The limit on iterations in flight if the config has none.
    package init(_ config: ScenarioConfig, segment: Segment, lanes: Int, room: Int = .max) throws(PlanError) {
        self.config = config
        self.segment = segment
        inFlightLimit = min(config.inFlightLimit, config.hasUsualInFlight ? max(1, room) : .max)
        self.lanes = max(1, min(lanes, inFlightLimit, ScenarioPlan.processLimit(of: config)))
        switch config.load {
        case .open(let phases, let arrivals):
            model = .open(try ScenarioPlan.plan(phases, arrivals, after: config.start))
        case .closed(let concurrency, let thinkTime, let duration, let iterations):
            model = .closed(
                try ClosedPlan(
                    concurrency: concurrency, thinkTime: thinkTime, duration: duration, iterations: iterations))
        }
        // Every share must be expressible before any load is sent.
        _ = try IterationShare(of: segment, lane: self.lanes - 1, of: self.lanes)
    }

    /// A pause before the first phase moves every arrival by its length, and keeps the distances.
    private static func plan(
        _ phases: [LoadPhase], _ arrivals: ArrivalProcess, after start: TimeSpan
    ) throws(PlanError) -> ArrivalPlan {
        guard start > .zero else { return try ArrivalPlan(phases: phases, arrivals: arrivals) }
        do throws(PlanError) {
            return try ArrivalPlan(phases: [.pause(for: start)] + phases, arrivals: arrivals)
        } catch {
            throw error.countedWithoutFirstPhase
        }
    }

    private static func processLimit(of config: ScenarioConfig) -> Int {
        guard case .command(let command) = config.task, command.style == .ndjson else { return .max }
        return command.processes
    }

    /// How many iterations of this process may be in flight.
    package var maxInFlight: Int {
        switch model {
        case .open: inFlightLimit
        case .closed: (0..<lanes).reduce(0) { $0 + closedShare($1).concurrency }
        }
    }

    package var isOpen: Bool {
        if case .open = model { return true }
        return false
    }

    /// The plan's length; the run's end for a closed plan that only a number of iterations ends.
    package var duration: TimeSpan? {
        switch model {
        case .open(let plan): plan.duration
        case .closed(let plan): plan.duration.map { TimeSpan(nanoseconds: $0.nanoseconds + config.start.nanoseconds) }
        }
    }

    /// How many iterations this process will start; nil when that is unknown, or costly to count.
    package func plannedTotal() -> UInt64? {
        guard case .open(let plan) = model else {
            guard duration == nil else { return nil }
            return (0..<lanes).reduce(0) { $0 + (closedShare($1).iterations ?? 0) }
        }
        // Counting a Poisson plan means walking it, at about 6 ns an arrival: 60 ms for 10⁷.
        if plan.arrivals != .even, plan.expectedTotal > 10_000_000 { return nil }
        let all = plan.total()
        return (0..<lanes).reduce(0) { $0 + share(lane: $1).count(below: all) }
    }

    /// The planned rate of this process at an instant, per second.
    package func targetRate(at time: Int64) -> Double {
        guard case .open(let plan) = model else { return 0 }
        return plan.rate(at: time) / Double(segment.count)
    }

    // MARK: Lanes

    package func share(lane: Int) -> IterationShare {
        guard let share = try? IterationShare(of: segment, lane: lane, of: lanes) else {
            preconditionFailure("the share of lane \(lane) was checked when the plan was made")
        }
        return share
    }

    package func closedShare(_ lane: Int) -> ClosedPlan {
        guard case .closed(let plan) = model else { preconditionFailure("an open plan has no closed share") }
        return plan.share(of: share(lane: lane))
    }

    /// How many of `total` places or processes belong to the lane.
    package func part(of total: Int, lane: Int) -> Int {
        (total + lanes - 1 - lane) / lanes
    }
}
