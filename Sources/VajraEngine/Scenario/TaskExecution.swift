// SPDX-License-Identifier: Apache-2.0

package import VajraLane
package import VajraLifecycle
import VajraMetrics
import VajraModel
import VajraSystem

/// One task instance on one lane: executes iterations, takes their times and records how they went.
///
/// Lane-confined: every method runs on the lane's thread, which is what makes it `Sendable`.
package final class TaskExecution<Work: TaskLifecycle>: @unchecked Sendable {
    let lane: Lane
    var recorder: ScenarioRecorder
    private var work: Work
    private let context: ScenarioContext
    private let bindsContext = !(Work.self is any BuiltInTask.Type)
    private var isAbandoned = false

    /// Iterations that ``execute(_:anchor:)`` is at work on.
    private(set) var running = 0

    /// An instance of `work` for the given scenario and lane.
    package init(lane: Lane, context: ScenarioContext, work: Work, filter: IterationFilter) {
        self.lane = lane
        self.context = context
        self.work = work
        recorder = ScenarioRecorder(filter: filter)
    }

    func initialize() async throws {
        try await work.initialize()
    }

    func teardown() async {
        await work.teardown()
    }

    /// Records nothing more: what ends after the drain time is in flight for good.
    func abandon() {
        isAbandoned = true
    }

    /// Executes one iteration and records it.
    func execute(_ planned: PlannedIteration, anchor: MonotonicInstant) async {
        let intended = anchor.advanced(byNanoseconds: planned.intendedStart)
        let iteration = Iteration(index: planned.index, intendedStart: intended, context: context)
        guard !isAbandoned else { return }
        let started = Clock.now()
        recorder.started(at: started)
        running += 1
        defer { running -= 1 }
        let outcome = await outcome(of: iteration)
        let ended = outcome.completedAt ?? Clock.now()
        guard !isAbandoned else { return }
        recorder.completed(
            index: planned.index, intended: min(intended, started), started: started, ended: ended, outcome: outcome)
    }

    private func outcome(of iteration: Iteration) async -> Outcome {
        do {
            guard bindsContext else { return try await work.execute(iteration) }
            return try await ExecutionContext.$current.withValue(ExecutionContext(iteration: iteration)) {
                try await work.execute(iteration)
            }
        } catch let kind as FailureKind {
            return .failure(kind)
        } catch {
            return .failure(.thrown, message: "\(error)")
        }
    }
}
