// SPDX-License-Identifier: Apache-2.0

/// The run, the scenario and the iteration that the running code works for.
///
/// Inside ``TaskLifecycle/execute(_:)``, and in everything that it calls or starts as a child task, ``current`` has the
/// context without passing it along. Loggers and tracers read it. Outside of an iteration it is nil.
public struct ExecutionContext: Sendable {
    /// The context of the iteration that the current Swift task works for; nil outside of one.
    @TaskLocal public static var current: ExecutionContext?

    /// The iteration.
    public let iteration: Iteration

    /// A context for one iteration.
    package init(iteration: Iteration) {
        self.iteration = iteration
    }

    /// The id of the run, as in every line of the stream.
    public var runID: String { iteration.scenario.runID }

    /// The scenario's name.
    public var scenario: String { iteration.scenario.scenario }

    /// The task instance, as in the `task_id` of log lines.
    public var taskID: String { iteration.scenario.taskID }
}
