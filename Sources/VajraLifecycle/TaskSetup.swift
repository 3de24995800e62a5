// SPDX-License-Identifier: Apache-2.0

/// What a task instance is made from: the parameters of its scenario, its lane and its run.
public struct TaskSetup: Sendable {
    /// The run and the scenario that the instance will work for.
    public let scenario: ScenarioContext

    /// The number of this instance's lane, from 0.
    public let lane: Int

    /// How many lanes, and so instances, the scenario has in this process.
    public let laneCount: Int

    /// The parameters from `--set key=value` or the config's `task: custom:`.
    public let parameters: [String: String]

    /// The setup of one instance.
    package init(scenario: ScenarioContext, lane: Int, laneCount: Int, parameters: [String: String]) {
        self.scenario = scenario
        self.lane = lane
        self.laneCount = laneCount
        self.parameters = parameters
    }

    /// The parameter's value.
    ///
    /// - Throws: ``MissingParameter`` when it was not given, which tells the user how to.
    public func parameter(_ name: String) throws(MissingParameter) -> String {
        guard let value = parameters[name] else { throw MissingParameter(name: name) }
        return value
    }

    /// The parameter's value, or `defaultValue` when it was not given.
    public func parameter(_ name: String, default defaultValue: String) -> String {
        parameters[name] ?? defaultValue
    }

    /// A task's parameter was not given.
    public struct MissingParameter: Error, CustomStringConvertible {
        /// The parameter's name.
        public let name: String

        /// The cause and the remedy.
        public var description: String { "the task needs the parameter '\(name)': give --set \(name)=VALUE" }
    }
}
