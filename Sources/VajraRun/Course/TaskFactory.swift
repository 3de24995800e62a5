// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraTasks
import VajraCLI
import VajraConfig
import VajraEngine
import VajraLane
package import VajraLifecycle

/// The user's own kind of task, if the program has one.
package struct CustomTask: Sendable {
    /// Makes an instance, and hands it on with its type.
    package let make: @Sendable (TaskSetup, any TaskTaker) throws -> Void

    /// A custom task made by the given closure.
    package init(make: @escaping @Sendable (TaskSetup, any TaskTaker) throws -> Void) {
        self.make = make
    }
}

/// Takes a task instance of any type. It is a protocol because a closure cannot be generic.
package protocol TaskTaker: AnyObject {
    func take<Work: TaskLifecycle>(_ work: Work)
}

/// Makes the task instance of a scenario on a lane, under its load.
struct TaskFactory {
    let custom: CustomTask?
    /// What the scenarios of the `http` task send, by their names.
    let requests: [String: HTTPTaskRequest]
    let runID: String
    let filter: IterationFilter
    let log: LogSink

    func make(_ plan: ScenarioPlan, lane: Lane, number: Int, onFinish: @escaping () -> Void) throws
        -> any ScenarioOnLane
    {
        let context = ScenarioContext(runID: runID, scenario: plan.config.name, lane: number)
        let builder = plan.scenario(lane: number, onFinish: onFinish)
        switch plan.config.task {
        case .none:
            return build(NoneTask(), builder, lane, context)
        case .http(let config):
            guard let request = requests[plan.config.name] else {
                preconditionFailure("the requests of a run are made before its tasks")
            }
            return build(try HTTPTask(config, request: request, lane: lane), builder, lane, context)
        case .command(let config) where config.style == .spawn:
            return build(SpawnTask(config, lane: lane, context: context, log: log), builder, lane, context)
        case .command(let config):
            let count = plan.part(of: config.processes, lane: number)
            let task = CoProcessTask(config, count: count, lane: lane, context: context, log: log)
            return build(task, builder, lane, context)
        case .custom(let parameters):
            guard let custom else {
                throw TaskError(description: "scenario '\(plan.config.name)': this program has no custom task")
            }
            let setup = TaskSetup(scenario: context, lane: number, laneCount: plan.lanes, parameters: parameters)
            let taker = ScenarioMaker(builder: builder, lane: lane, context: context, filter: filter)
            try custom.make(setup, taker)
            guard let scenario = taker.scenario else { preconditionFailure("a custom task was made but not handed on") }
            return scenario
        }
    }

    private func build<Work: TaskLifecycle>(
        _ work: Work, _ builder: ScenarioBuilder, _ lane: Lane, _ context: ScenarioContext
    ) -> any ScenarioOnLane {
        builder.build(TaskExecution(lane: lane, context: context, work: work, filter: filter))
    }
}

/// Puts the task instance that it takes under its load.
private final class ScenarioMaker: TaskTaker {
    private let builder: ScenarioBuilder
    private let lane: Lane
    private let context: ScenarioContext
    private let filter: IterationFilter
    private(set) var scenario: (any ScenarioOnLane)?

    init(builder: ScenarioBuilder, lane: Lane, context: ScenarioContext, filter: IterationFilter) {
        self.builder = builder
        self.lane = lane
        self.context = context
        self.filter = filter
    }

    func take<Work: TaskLifecycle>(_ work: Work) {
        scenario = builder.build(TaskExecution(lane: lane, context: context, work: work, filter: filter))
    }
}

/// A task cannot be made.
struct TaskError: Error, CustomStringConvertible {
    let description: String
}
