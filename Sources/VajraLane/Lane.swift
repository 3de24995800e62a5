// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Synchronization
package import VajraModel
package import VajraSystem

/// One event loop on one thread, which is also the executor of the Swift tasks that belong to it.
///
/// A lane owns its connections, its timers, its share of the plan and its histograms. Other threads touch only its
/// inbox of jobs. It is `Sendable` without a lock because of this rule: call every method here on the lane's own
/// thread, except ``enqueue(_:)-(UnownedJob)`` and ``stop()``.
///
/// Each turn of the loop: wait → one clock sample → events → due timers → ready jobs. The jobs of a turn are bounded,
/// so that a task that never suspends cannot starve input, timers and the stop signal.
///
/// `@exclusivity(unchecked)`, here and in what a lane serves, is safe: there is one thread, and no access to a property
/// spans a call back into it. The checks would be a fifth of an iteration's instructions.
package final class Lane: TaskExecutor, @unchecked Sendable {
    private static let jobsPerTurn = 256

    /// How close to a deadline a precise lane stops sleeping and spins instead, in nanoseconds.
    private static let spin: Int64 = 60_000

    /// A deadline closer than this, in nanoseconds, is not worth a sleep: sleeping and waking cost the processor about
    /// as much time. The loop polls for input until then.
    private static let shortWait: Int64 = 10_000

    /// How long a turn may last, in nanoseconds, before tasks that never suspend must yield to the loop.
    private static let turnLength: Int64 = 50_000

    /// The lane's number in its process, from 0.
    package let number: Int

    /// The lane's clock sample of the current turn.
    @exclusivity(unchecked) package private(set) var now: MonotonicInstant

    /// How many turns the loop has made. A task that sees the same number twice has not yielded to the loop in between.
    @exclusivity(unchecked) package private(set) var turn: UInt64 = 0

    /// The lane thread's CPU time so far in nanoseconds, when read on the lane.
    package var cpuTime: Int64 { Clock.threadCPU() }

    /// How long the lane's thread has had to wait for a processor so far in nanoseconds, when read on the lane.
    package var processorWait: Int64 { schedule?.processorWait() ?? 0 }

    private var schedule: ThreadSchedule?
    @exclusivity(unchecked) private var poller: Poller
    @exclusivity(unchecked) private var ready = JobRing()
    @exclusivity(unchecked) private var timers = TimerHeap()
    /// Timers that were set while others fired, and are due already: they fire in the next turn.
    @exclusivity(unchecked) private var overdue: [(MonotonicInstant, TimerAction)] = []
    @exclusivity(unchecked) private var isFiring = false
    private let inbox: LaneInbox
    private let thread = Atomic<pthread_t>(0)
    private let isPrecise: Bool
    @exclusivity(unchecked) private var isStopped = false

    /// A lane that does not run yet.
    ///
    /// - Parameter isPrecise: Spin through the last microseconds before each deadline. The lag falls from tens of
    ///   microseconds to less than one, at the cost of up to a whole core.
    /// - Throws: ``SystemError`` when the process has no descriptors left.
    package init(number: Int, isPrecise: Bool = false) throws(SystemError) {
        self.number = number
        self.isPrecise = isPrecise
        now = Clock.now()
        inbox = try LaneInbox()
        poller = try Poller()
        poller.watchWake(inbox.wake.descriptor)
    }

    // MARK: Executor

    /// Takes a job from any thread.
    package func enqueue(_ job: UnownedJob) {
        if thread.load(ordering: .relaxed) == pthread_self() {
            ready.append(job)
        } else {
            inbox.append(job)
        }
    }

    /// Takes a job from any thread.
    package func enqueue(_ job: consuming ExecutorJob) {
        enqueue(UnownedJob(job))
    }

    // MARK: Timers

    /// Calls the handler when `deadline` has passed. A timer cannot be cancelled: a handler that no longer cares
    /// returns.
    package func schedule(_ handler: any LaneTimerHandler, at deadline: MonotonicInstant) {
        set(deadline, .fire(handler))
    }

    /// Suspends the calling task, which must run on this lane, until `deadline`.
    package func sleep(until deadline: MonotonicInstant) async {
        await withUnsafeContinuation { set(deadline, .resume($0)) }
    }

    private func set(_ deadline: MonotonicInstant, _ action: TimerAction) {
        if isFiring, deadline <= now { overdue.append((deadline, action)) } else { timers.insert(deadline, action) }
    }

    /// Whether a task that began something in `turn` and ended it at `instant` must call `Task.yield()`. A task that
    /// never suspends must not keep the lane from its input and timers.
    @inline(__always)
    package func mustTurn(since turn: UInt64, at instant: MonotonicInstant) -> Bool {
        turn == self.turn && instant.nanoseconds(since: now) > Lane.turnLength
    }

    // MARK: Sources

    /// Watches a descriptor; the lane keeps the handler alive until the source is removed.
    ///
    /// - Throws: ``SystemError`` when the kernel refuses, for instance for a regular file.
    package func add(
        _ handler: any ReadinessHandler, descriptor: Int32, _ interest: Readiness
    ) throws(SystemError) -> LaneSource {
        try poller.add(handler, descriptor: descriptor, interest)
    }

    /// Changes what a source waits for.
    package func modify(_ source: LaneSource, _ interest: Readiness) {
        poller.modify(source, interest)
    }

    /// Stops watching a source, if it is watched; call it before closing the descriptor.
    package func remove(_ source: LaneSource) {
        guard source.descriptor >= 0 else { return }
        poller.remove(source)
    }

    // MARK: Loop

    /// Ends ``run()`` after the current turn. From any thread.
    package func stop() {
        Task(executorPreference: self) { self.isStopped = true }
    }

    /// Serves the lane on the calling thread until ``stop()``.
    package func run() {
        thread.store(pthread_self(), ordering: .relaxed)
        schedule = ThreadSchedule()
        // The default slack of 50 µs would be in the lag of every iteration: p50 76 µs against 30 µs.
        _ = vajra_set_timer_slack(1)
        now = Clock.now()
        while !isStopped {
            runReadyJobs()
            serveEvents(poller.wait(nanoseconds: waitTime()))
            fireDueTimers()
        }
    }

    /// Each timer fires at most once a turn. A timer that sets itself again for now or for the past must not keep the
    /// lane from its input, its jobs and the later timers.
    private func fireDueTimers() {
        isFiring = true
        while let action = timers.popDue(now: now) {
            switch action {
            case .resume(let continuation): continuation.resume()
            case .fire(let handler): handler.timerFired(now: now)
            }
        }
        isFiring = false
        guard !overdue.isEmpty else { return }
        for (deadline, action) in overdue { timers.insert(deadline, action) }
        overdue.removeAll(keepingCapacity: true)
    }

    private func runReadyJobs() {
        let executor = asUnownedTaskExecutor()
        for _ in 0..<min(ready.count, Lane.jobsPerTurn) {
            ready.removeFirst().runSynchronously(on: executor)
        }
    }

    /// How long the loop may sleep: 0 while jobs are ready, else until the next deadline (−1: for ever).
    private func waitTime() -> Int64 {
        if ready.count > 0 || isStopped { return 0 }
        let deadline = timers.nextDeadline
        if deadline == .distantFuture { return -1 }
        let left = deadline.nanoseconds(since: Clock.now())
        if isPrecise { return max(0, left - Lane.spin) }
        return left < Lane.shortWait ? 0 : left
    }

    private func serveEvents(_ count: Int) {
        now = Clock.now()
        turn &+= 1
        for index in 0..<count {
            guard let (source, readiness) = poller.event(index) else {
                for job in inbox.takeAll() { ready.append(job) }
                continue
            }
            source._withUnsafeGuaranteedRef { $0.ready(readiness) }
        }
    }
}
