// SPDX-License-Identifier: Apache-2.0

package import VajraLifecycle
package import VajraMetrics
package import VajraModel

/// One scenario's share of the load on one lane, for any type of task. For the lane's thread only.
package protocol ScenarioOnLane: AnyObject {
    /// Prepares the task instance.
    func initialize() async throws
    /// Releases what the task instance holds; called exactly once.
    func teardown() async
    /// Starts the plan: its instant 0 is `anchor`.
    func begin(anchor: MonotonicInstant)
    /// Ends the plan now; arrivals that wait never start, and count as dropped.
    func stop()
    /// Gives up on what is in flight: cancels it, and records nothing more.
    func abandon()
    /// Whether nothing is left to start or to wait for.
    var isFinished: Bool { get }
    /// Whether the plan has no more arrivals, though some may wait or be in flight.
    var isPlanEnded: Bool { get }
    /// What was recorded since the last call; recording goes on in `spare`, which is empty.
    func takeInterval(spare: ScenarioMetrics) -> ScenarioInterval
}

/// A task that is part of VajraPulse. It never reads the task-local execution context, so the engine binds none for it.
package protocol BuiltInTask: TaskLifecycle {}
