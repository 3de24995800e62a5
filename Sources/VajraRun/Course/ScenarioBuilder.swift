// SPDX-License-Identifier: Apache-2.0

import VajraEngine
import VajraLifecycle

/// The load of one scenario on one lane, before it has its task.
struct ScenarioBuilder {
    enum Load {
        case open(DispatchStateMachine, plannedBefore: (_ runTime: Int64) -> UInt64)
        case closed(ClosedDispatch)
    }

    let load: Load
    let onFinish: () -> Void

    func build<Work: TaskLifecycle>(_ execution: TaskExecution<Work>) -> any ScenarioOnLane {
        switch load {
        case .open(let machine, let plannedBefore):
            OpenScenario(execution: execution, machine: machine, plannedBefore: plannedBefore, onFinish: onFinish)
        case .closed(let dispatch): ClosedScenario(execution: execution, dispatch: dispatch, onFinish: onFinish)
        }
    }
}
