// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraEngine
import VajraModel
import VajraPlan
import VajraRunPlan

extension ScenarioPlan {
    /// The lane's scenario on the given execution of its task.
    func scenario(
        lane: Int, onFinish: @escaping () -> Void
    ) -> ScenarioBuilder {
        switch model {
        case .open(let plan):
            let share = share(lane: lane)
            let machine = DispatchStateMachine(
                arrivals: ArrivalCursor(plan, share: share),
                capacity: part(of: maxInFlight, lane: lane),
                policy: config.whenSaturated == .queue ? .queue : .drop)
            let load = ScenarioBuilder.Load.open(machine) { plan.count(before: $0, of: share) }
            return ScenarioBuilder(load: load, onFinish: onFinish)
        case .closed(let plan):
            let mine = closedShare(lane)
            let share = share(lane: lane)
            let dispatch = ClosedDispatch(
                concurrency: mine.concurrency, thinkTime: mine.thinkTime.nanoseconds, begin: config.start.nanoseconds,
                end: duration?.nanoseconds ?? .max, limit: mine.iterations ?? .max, offset: share.offset,
                stride: share.stride, allUsers: UInt64(plan.concurrency))
            return ScenarioBuilder(load: .closed(dispatch), onFinish: onFinish)
        }
    }
}
