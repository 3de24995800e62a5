// SPDX-License-Identifier: Apache-2.0

package import VajraLane
package import VajraModel
package import VajraSystem

/// All scenarios of a run on one lane: their lifecycle in order, and a report at the end of each interval.
///
/// Any thread may call ``initialize()`` to ``teardown()``. The lane carries them out, in that order.
package final class LaneRunner: LaneTimerHandler, @unchecked Sendable {
    private let lane: Lane
    private let mailbox: LaneMailbox
    private let interval: Int64
    private var scenarios: [Entry] = []
    /// Set and read on the coordinator's thread.
    private var initialization: Task<Void, Never>?
    private var anchor = MonotonicInstant.distantFuture
    private var tick = 0
    private var reportedCPU: Int64 = 0
    private var reportedWait: Int64 = 0
    private var hasFinished = false
    private var hasAnnouncedPlanEnd = false

    private struct Entry {
        let index: Int
        let name: String
        let scenario: any ScenarioOnLane
    }

    /// - Parameter interval: The length of a reporting interval in nanoseconds, above 0.
    package init(lane: Lane, mailbox: LaneMailbox, interval: Int64) {
        self.lane = lane
        self.mailbox = mailbox
        self.interval = interval
    }

    /// Adds scenario number `index` of the run; call it before ``launch()``. `make` gets the closure that the scenario
    /// must call when it has nothing left to do.
    package func add<Failure: Error>(
        index: Int, name: String, _ make: (_ onFinish: @escaping () -> Void) throws(Failure) -> any ScenarioOnLane
    ) throws(Failure) {
        let scenario = try make { [unowned self] in scenarioFinished() }
        scenarios.append(Entry(index: index, name: name, scenario: scenario))
    }

    /// Starts the lane's thread. It ends with the process, because a task that hangs must not hold up the end.
    ///
    /// The thread owns the runner: a late timer or answer on the lane may still call it.
    ///
    /// - Throws: ``SystemError`` when the system refuses another thread.
    package func launch() throws(SystemError) {
        try SystemThread(name: "lane-\(lane.number)") { [self] in
            withExtendedLifetime(self) { lane.run() }
        }.detach()
    }

    /// Prepares all task instances, then sends `.initialized`, or `.failed` with those that failed.
    package func initialize() {
        initialization = onLane { runner in
            var failures: [(scenario: String, reason: String)] = []
            for entry in runner.scenarios {
                do {
                    try await entry.scenario.initialize()
                } catch {
                    failures.append((entry.name, "\(error)"))
                }
            }
            let lane = runner.lane.number
            runner.mailbox.send(failures.isEmpty ? .initialized(lane: lane) : .failed(lane: lane, failures))
        }
    }

    /// Starts the plans: their instant 0 is `anchor`, which should lie a little ahead.
    package func begin(anchor: MonotonicInstant) {
        onLane { runner in
            runner.anchor = anchor
            runner.reportedCPU = runner.lane.cpuTime
            runner.reportedWait = runner.lane.processorWait
            runner.lane.schedule(runner, at: anchor.advanced(byNanoseconds: runner.interval))
            for entry in runner.scenarios { entry.scenario.begin(anchor: anchor) }
            runner.scenarioFinished()
        }
    }

    /// Ends the plans now; what is in flight goes on.
    package func stop() {
        onLane { runner in
            for entry in runner.scenarios { entry.scenario.stop() }
            runner.scenarioFinished()
        }
    }

    /// Gives up on what is in flight, and sends the final report.
    package func abandon() {
        onLane { runner in
            for entry in runner.scenarios { entry.scenario.abandon() }
            runner.scenarioFinished()
        }
    }

    /// Tears all task instances down, then sends `.tornDown`.
    package func teardown() {
        let initialization = initialization
        onLane { runner in
            // After an interrupt an instance may still be preparing itself; it is torn down when it has finished.
            await initialization?.value
            for entry in runner.scenarios { await entry.scenario.teardown() }
            runner.mailbox.send(.tornDown(lane: runner.lane.number))
        }
    }

    @discardableResult
    private func onLane(_ body: @escaping @Sendable (LaneRunner) async -> Void) -> Task<Void, Never> {
        Task(executorPreference: lane) { await body(self) }
    }

    // MARK: On the lane

    package func timerFired(now: MonotonicInstant) {
        guard !hasFinished else { return }
        announcePlanEnd()
        // A lane that was held up reports once for all intervals that have ended: nobody knows what it did in which.
        tick = max(tick, intervals(until: now) - 1)
        report(isFinal: false)
        tick += 1
        lane.schedule(self, at: anchor.advanced(byNanoseconds: interval * Int64(tick + 1)))
    }

    private func scenarioFinished() {
        announcePlanEnd()
        guard !hasFinished, scenarios.allSatisfy(\.scenario.isFinished) else { return }
        hasFinished = true
        tick = max(tick, intervals(until: lane.now))
        report(isFinal: true)
    }

    /// How many intervals have ended by then.
    private func intervals(until instant: MonotonicInstant) -> Int {
        Int(max(0, instant.nanoseconds(since: anchor)) / interval)
    }

    private func announcePlanEnd() {
        guard !hasAnnouncedPlanEnd, scenarios.allSatisfy(\.scenario.isPlanEnded) else { return }
        hasAnnouncedPlanEnd = true
        mailbox.send(.planEnded(lane: lane.number))
    }

    private func report(isFinal: Bool) {
        let (cpu, wait) = (lane.cpuTime, lane.processorWait)
        let intervals = scenarios.map { entry in
            (entry.index, entry.scenario.takeInterval(spare: mailbox.takeSpare()))
        }
        let report = LaneReport(
            lane: lane.number, tick: tick, scenarios: intervals, cpu: cpu - reportedCPU,
            processorWait: wait - reportedWait, isFinal: isFinal)
        (reportedCPU, reportedWait) = (cpu, wait)
        mailbox.send(.report(report))
    }
}
