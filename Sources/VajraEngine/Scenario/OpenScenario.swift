// SPDX-License-Identifier: Apache-2.0

import VajraLane
package import VajraLifecycle
package import VajraMetrics
package import VajraModel

/// The open model on one lane: a timer asks the state machine what is due, and slots execute it.
///
/// A slot is one long-lived Swift task. It executes an iteration, takes the next waiting one if there is one, and
/// parks otherwise; the last to park is the first to be used again, so that few connections stay warm.
/// Lane-confined: every method runs on the lane's thread, which is what makes it `Sendable`.
package final class OpenScenario<Work: TaskLifecycle>: ScenarioOnLane, LaneTimerHandler, @unchecked Sendable {
    private let lane: Lane
    private let execution: TaskExecution<Work>
    private var machine: DispatchStateMachine
    private var anchor = MonotonicInstant.distantFuture
    private var idle: [UnsafeContinuation<PlannedIteration?, Never>] = []
    private var slots: [Task<Void, Never>] = []
    private let onFinish: () -> Void
    private var isAbandoned = false

    /// - Parameter onFinish: Called on the lane, perhaps more than once, when nothing is left to do.
    package init(execution: TaskExecution<Work>, machine: DispatchStateMachine, onFinish: @escaping () -> Void) {
        self.execution = execution
        self.machine = machine
        self.onFinish = onFinish
        lane = execution.lane
    }

    package func initialize() async throws {
        try await execution.initialize()
    }

    package func teardown() async {
        await execution.teardown()
    }

    package var isFinished: Bool { isAbandoned || machine.isFinished }

    package var isPlanEnded: Bool { machine.nextArrival == nil }

    package func takeInterval(spare: ScenarioMetrics) -> ScenarioInterval {
        execution.recorder.take(spare: spare)
    }

    package func begin(anchor: MonotonicInstant) {
        self.anchor = anchor
        armArrivalTimer()
        finishIfDone()
    }

    package func stop() {
        execution.recorder.dropped(machine.stop())
        finishIfDone()
    }

    package func abandon() {
        execution.abandon()
        stop()
        // Handed to slots that have not run since: these will not start either.
        execution.recorder.dropped(UInt64(max(0, machine.inFlight - execution.running)))
        isAbandoned = true
        for slot in slots { slot.cancel() }
        finishIfDone()
    }

    // MARK: Arrivals

    package func timerFired(now: MonotonicInstant) {
        let runTime = now.nanoseconds(since: anchor)
        while let arrival = machine.arrival(now: runTime) {
            switch arrival {
            case .start(let planned):
                execution.recorder.arrived(lateness: runTime - planned.intendedStart)
                start(planned)
            case .queued(let planned):
                execution.recorder.arrived(lateness: runTime - planned.intendedStart)
            case .dropped(let planned):
                execution.recorder.arrived(lateness: runTime - planned.intendedStart)
                execution.recorder.dropped(1)
            }
        }
        armArrivalTimer()
        finishIfDone()
    }

    private func armArrivalTimer() {
        guard let next = machine.nextArrival else { return }
        lane.schedule(self, at: anchor.advanced(byNanoseconds: next))
    }

    private func finishIfDone() {
        guard isFinished else { return }
        while let slot = idle.popLast() { slot.resume(returning: nil) }
        onFinish()
    }

    // MARK: Slots

    private func start(_ planned: PlannedIteration) {
        if let slot = idle.popLast() {
            slot.resume(returning: planned)
        } else {
            slots.append(Task(executorPreference: lane) { await self.serve(planned) })
        }
    }

    private func serve(_ first: PlannedIteration) async {
        var current = first
        while true {
            let turn = lane.turn
            await execution.execute(current, anchor: anchor)
            if let waiting = machine.completed() {
                current = waiting
                await lane.letTurn(since: turn)
            } else {
                finishIfDone()
                guard !isFinished, let next = await park() else { return }
                current = next
            }
        }
    }

    private func park() async -> PlannedIteration? {
        await withUnsafeContinuation { idle.append($0) }
    }
}
