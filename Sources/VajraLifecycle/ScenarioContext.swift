// SPDX-License-Identifier: Apache-2.0

/// What stays the same for every iteration of one task instance: the run, the scenario, the instance.
public final class ScenarioContext: Sendable {
    /// The id of the run, as in every line of the stream.
    public let runID: String

    /// The scenario's name.
    public let scenario: String

    /// The task instance: `scenario/lane`, as in the `task_id` of log lines.
    public let taskID: String

    /// The context of lane number `lane` (from 0) in `scenario`.
    package init(runID: String, scenario: String, lane: Int) {
        self.runID = runID
        self.scenario = scenario
        taskID = "\(scenario)/\(lane)"
    }
}
