// SPDX-License-Identifier: Apache-2.0

import VajraLane
package import VajraLifecycle
package import VajraMetrics
package import VajraModel
import VajraSystem

/// The closed model on one lane: each user starts its next iteration when its last one has ended.
///
/// `Sendable` because every method runs on the lane's thread.
package final class ClosedScenario<Work: TaskLifecycle>: ScenarioOnLane, LaneTimerHandler, @unchecked Sendable {
    private let lane: Lane
    private let execution: TaskExecution<Work>
    @exclusivity(unchecked) private var dispatch: ClosedDispatch
    @exclusivity(unchecked) private var anchor = MonotonicInstant.distantFuture
    private var users: [Task<Void, Never>] = []
    private let onFinish: () -> Void
    private var isAbandoned = false

    /// - Parameter onFinish: Called on the lane, perhaps more than once, when nothing is left to do.
    package init(execution: TaskExecution<Work>, dispatch: ClosedDispatch, onFinish: @escaping () -> Void) {
        self.execution = execution
        self.dispatch = dispatch
        self.onFinish = onFinish
        lane = execution.lane
    }

    package func initialize() async throws {
        try await execution.initialize()
    }

    package func teardown() async {
        await execution.teardown()
    }

    package var isFinished: Bool { isAbandoned || dispatch.active == 0 }

    package var isPlanEnded: Bool { dispatch.isEnded(now: Clock.now().nanoseconds(since: anchor)) }

    package func takeInterval(spare: ScenarioMetrics) -> ScenarioInterval {
        execution.recorder.take(spare: spare)
    }

    package func begin(anchor: MonotonicInstant) {
        self.anchor = anchor
        lane.schedule(self, at: anchor.advanced(byNanoseconds: dispatch.begin))
        if isFinished { onFinish() }
    }

    package func timerFired(now: MonotonicInstant) {
        for slot in 0..<dispatch.beginUsers() {
            users.append(Task(executorPreference: lane) { await self.serve(slot) })
        }
    }

    package func stop() {
        dispatch.stop()
        if isFinished { onFinish() }
    }

    package func abandon() {
        execution.abandon()
        stop()
        isAbandoned = true
        for user in users { user.cancel() }
        onFinish()
    }

    private func serve(_ slot: Int) async {
        let work = execution.work
        var now = Clock.now()
        while let planned = dispatch.start(now: now.nanoseconds(since: anchor)) {
            let turn = lane.turn
            execution.recorder.arrivedOnDemand()
            let ended = await execution.execute(planned, on: work, slot: slot, anchor: anchor, now: now)
            if dispatch.thinkTime > 0 {
                await lane.sleep(until: Clock.now().advanced(byNanoseconds: dispatch.thinkTime))
            } else if lane.mustTurn(since: turn, at: ended) {
                await Task.yield()
            }
            now = Clock.now()
        }
        dispatch.leave()
        if isFinished { onFinish() }
    }
}
