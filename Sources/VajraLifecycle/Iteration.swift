// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// One execution of a task, with its index in the plan, its scenario and its run.
public struct Iteration: Sendable {
    /// The iteration's number in its scenario's plan, from 0; unique over all lanes and sources of the run.
    public let index: UInt64

    /// The run and the scenario that the iteration belongs to.
    public var scenario: ScenarioContext { context }

    /// The instant at which the plan wanted the iteration to start.
    package let intendedStart: MonotonicInstant

    /// The instant at which it started, from which a built-in task counts its timeout.
    package let started: MonotonicInstant

    /// The user of the closed model, or the slot of the open one, that executes it: from 0 on each lane. Each executes
    /// one iteration at a time.
    package let slot: Int

    private let context: ScenarioContext

    /// An iteration as the dispatcher hands it to a task.
    package init(
        index: UInt64, intendedStart: MonotonicInstant, started: MonotonicInstant, slot: Int, context: ScenarioContext
    ) {
        self.slot = slot
        self.index = index
        self.intendedStart = intendedStart
        self.started = started
        self.context = context
    }
}
