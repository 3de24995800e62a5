// SPDX-License-Identifier: Apache-2.0

import VajraLane
package import VajraLifecycle
package import VajraMetrics
package import VajraModel
import VajraSystem

/// The open model on one lane: a timer asks the state machine what is due, and slots execute it.
///
/// A slot is one long-lived Swift task. It executes an iteration, then takes the next waiting one, or parks when none
/// waits. The last slot to park is the first to be used again, so that few connections stay warm. `Sendable` because
/// every method runs on the lane's thread.
package final class OpenScenario<Work: TaskLifecycle>: ScenarioOnLane, LaneTimerHandler, @unchecked Sendable {
    private let lane: Lane
    private let execution: TaskExecution<Work>
    @exclusivity(unchecked) private var machine: DispatchStateMachine
    @exclusivity(unchecked) private var anchor = MonotonicInstant.distantFuture
    @exclusivity(unchecked) private var idle: [IdleSlot] = []
    private var slots: [Task<Void, Never>] = []
    /// The iteration of each slot.
    @exclusivity(unchecked) private var planned: [PlannedIteration] = []
    private let onFinish: () -> Void
    @exclusivity(unchecked) private var isAbandoned = false
    @exclusivity(unchecked) private var arrivals: UInt64 = 0
    private let plannedBefore: (_ runTime: Int64) -> UInt64

    /// How many arrivals a turn of the lane handles: about a millisecond of work.
    private static var arrivalsPerTurn: Int { 4096 }

    /// - Parameters:
    ///   - plannedBefore: How many arrivals this lane's share of the plan has before an instant, in nanoseconds since
    ///     the run's start. Called once, when the plan is stopped.
    ///   - onFinish: Called on the lane, perhaps more than once, when nothing is left to do.
    package init(
        execution: TaskExecution<Work>, machine: DispatchStateMachine,
        plannedBefore: @escaping (_ runTime: Int64) -> UInt64, onFinish: @escaping () -> Void
    ) {
        self.plannedBefore = plannedBefore
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
        dropUnnoticed()
        execution.recorder.dropped(machine.stop())
        finishIfDone()
    }

    /// A lane that could not keep up has not noticed some of its arrivals. They were planned, so they count as dropped.
    private func dropUnnoticed() {
        guard anchor != .distantFuture, machine.nextArrival != nil else { return }
        let due = plannedBefore(max(0, Clock.now().nanoseconds(since: anchor)))
        if due > arrivals { execution.recorder.droppedUnnoticed(due - arrivals) }
    }

    package func abandon() {
        execution.abandon()
        stop()
        // Iterations that were handed to slots which have not run since will not start either.
        execution.recorder.dropped(UInt64(max(0, machine.inFlight - execution.running)))
        isAbandoned = true
        for slot in slots { slot.cancel() }
        finishIfDone()
    }

    // MARK: Arrivals

    package func timerFired(now: MonotonicInstant) {
        let runTime = now.nanoseconds(since: anchor)
        for _ in 0..<Self.arrivalsPerTurn {
            guard let arrival = machine.arrival(now: runTime) else { break }
            arrivals += 1
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
        while let slot = idle.popLast() { slot.waiter.resume(returning: false) }
        onFinish()
    }

    // MARK: Slots

    private func start(_ planned: PlannedIteration) {
        if let idle = idle.popLast() {
            self.planned[idle.slot] = planned
            idle.waiter.resume(returning: true)
        } else {
            let slot = slots.count
            self.planned.append(planned)
            slots.append(Task(executorPreference: lane) { await self.serve(slot) })
        }
    }

    /// This function keeps few variables: every iteration in flight holds its frame.
    private func serve(_ slot: Int) async {
        let work = execution.work
        while true {
            let turn = lane.turn
            let ended = await execution.execute(planned[slot], on: work, slot: slot, anchor: anchor, now: Clock.now())
            if takeWaiting(slot) {
                if lane.mustTurn(since: turn, at: ended) { await Task.yield() }
            } else {
                guard !isFinished, await withUnsafeContinuation({ idle.append(IdleSlot(slot: slot, waiter: $0)) })
                else { return }
            }
        }
    }

    /// A slot's iteration has ended. Gives the slot the arrival that has waited longest, if any waits.
    @inline(never)
    private func takeWaiting(_ slot: Int) -> Bool {
        guard let waiting = machine.completed() else {
            finishIfDone()
            return false
        }
        planned[slot] = waiting
        return true
    }
}

/// A parked slot. It is resumed with false when it will not be used again. The type is outside the class because a type
/// inside would be generic over `Work`, and each use would look up its metadata.
private struct IdleSlot {
    let slot: Int
    let waiter: UnsafeContinuation<Bool, Never>
}
