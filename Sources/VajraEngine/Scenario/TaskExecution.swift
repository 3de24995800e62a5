// SPDX-License-Identifier: Apache-2.0

package import VajraLane
package import VajraLifecycle
import VajraMetrics
import VajraModel
import VajraSystem

/// One task instance on one lane: executes iterations, takes their times and records their outcomes.
///
/// `Sendable` because every method runs on the lane's thread.
package final class TaskExecution<Work: TaskLifecycle>: @unchecked Sendable {
    let lane: Lane
    @exclusivity(unchecked) var recorder: ScenarioRecorder
    /// A slot copies it once when it begins, so that no iteration has to.
    @exclusivity(unchecked) private(set) var work: Work
    private let context: ScenarioContext
    private let bindsContext = !(Work.self is any BuiltInTask.Type)
    @exclusivity(unchecked) private var isAbandoned = false

    /// How many calls of ``execute(_:on:slot:anchor:now:)`` are running.
    @exclusivity(unchecked) private(set) var running = 0

    /// An instance of `work` for the given scenario and lane.
    ///
    /// - Parameter isRecorded: False only in the benchmark that measures the price of recording.
    package init(
        lane: Lane, context: ScenarioContext, work: Work, filter: IterationFilter, isRecorded: Bool = true
    ) {
        self.lane = lane
        self.context = context
        self.work = work
        recorder = ScenarioRecorder(filter: filter, isOn: isRecorded)
    }

    func initialize() async throws {
        try await work.initialize()
    }

    func teardown() async {
        await work.teardown()
    }

    /// Records nothing more: an iteration that ends after the drain time stays counted as in flight.
    func abandon() {
        isAbandoned = true
    }

    /// Executes one iteration in a slot, which starts at `now`, and records it; gives the instant at which it ended.
    @inline(__always)
    func execute(
        _ planned: PlannedIteration, on work: Work, slot: Int, anchor: MonotonicInstant, now started: MonotonicInstant
    ) async -> MonotonicInstant {
        guard !isAbandoned else { return started }
        let intended = anchor.advanced(byNanoseconds: planned.intendedStart)
        let iteration = Iteration(
            index: planned.index, intendedStart: intended, started: started, slot: slot, context: context)
        recorder.started(at: started)
        running += 1
        if bindsContext { return await executeBound(iteration, on: work) }
        do {
            return ended(iteration, with: try await work.execute(iteration))
        } catch {
            return failed(iteration, with: error)
        }
    }

    private func executeBound(_ iteration: Iteration, on work: Work) async -> MonotonicInstant {
        do {
            let outcome = try await ExecutionContext.$current.withValue(ExecutionContext(iteration: iteration)) {
                try await work.execute(iteration)
            }
            return ended(iteration, with: outcome)
        } catch {
            return failed(iteration, with: error)
        }
    }

    /// Records the outcome. It is outside ``execute(_:on:anchor:now:)`` to keep that frame small, because every
    /// iteration in flight holds it.
    @inline(never)
    private func ended(_ iteration: Iteration, with outcome: Outcome) -> MonotonicInstant {
        running -= 1
        let started = iteration.started
        guard recorder.isOn else { return started }
        let ended = outcome.completedAt ?? Clock.now()
        guard !isAbandoned else { return ended }
        recorder.completed(
            index: iteration.index, intended: min(iteration.intendedStart, started), started: started, ended: ended,
            outcome: outcome)
        return ended
    }

    @inline(never)
    private func failed(_ iteration: Iteration, with error: any Error) -> MonotonicInstant {
        if let kind = error as? FailureKind { return ended(iteration, with: .failure(kind)) }
        return ended(iteration, with: .failure(.thrown, message: "\(error)"))
    }
}
