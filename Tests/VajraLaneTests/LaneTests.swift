// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import Testing
import VajraLane
import VajraModel
import VajraSystem

/// A lane on a thread of its own, until ``end()``.
final class RunningLane {
    let lane: Lane
    private let thread: SystemThread

    init() throws {
        let lane = try Lane(number: 0)
        self.lane = lane
        thread = try SystemThread(name: "lane") { lane.run() }
    }

    /// Runs the body on the lane, and gives its result.
    func onLane<Result: Sendable>(_ body: @escaping @Sendable (Lane) async throws -> Result) async throws -> Result {
        let lane = lane
        return try await Task(executorPreference: lane) { try await body(lane) }.value
    }

    /// Stops the lane and waits for its thread; what has not run by then never will.
    func end() {
        lane.stop()
        thread.join()
    }
}

/// Something that has happened, as any thread sees it.
private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
}

@Suite struct LaneTests {
    // MARK: Jobs

    @Test func `a task runs on the lane's thread, also after another thread has resumed it`() async throws {
        let running = try RunningLane()
        defer { running.end() }
        let threads = try await running.onLane { _ in
            let before = pthread_self()
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                guard let other = try? SystemThread(name: "other", { continuation.resume() }) else {
                    return continuation.resume()
                }
                other.detach()
            }
            return [before, pthread_self()]
        }
        #expect(threads[0] == threads[1])
        #expect(threads[0] != pthread_self())
    }

    @Test func `jobs from many threads all run`() async throws {
        let running = try RunningLane()
        defer { running.end() }
        let lane = running.lane
        let sum = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var done = 0
                    for _ in 0..<500 { done += await Task(executorPreference: lane) { 1 }.value }
                    return done
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 4000)
    }

    @Test func `a lane that is stopped before it runs ends at once`() throws {
        let lane = try Lane(number: 3)
        #expect(lane.number == 3)
        lane.stop()
        lane.run()
    }

    // MARK: Timers

    private final class Handler: LaneTimerHandler {
        private let onFire: (MonotonicInstant) -> Void
        init(_ onFire: @escaping (MonotonicInstant) -> Void) { self.onFire = onFire }
        func timerFired(now: MonotonicInstant) { onFire(now) }
    }

    @Test func `timers fire in the order of their deadlines, none before its time`() async throws {
        let running = try RunningLane()
        defer { running.end() }
        let order = Mutex<[Int]>([])
        let early = Mutex<[Int]>([])
        try await running.onLane { lane in
            let start = Clock.now()
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                for delay in [9, 3, 7, 1, 5] {
                    let deadline = start.advanced(byNanoseconds: Int64(delay) * 1_000_000)
                    let handler = Handler { now in
                        if now < deadline || Clock.now() < deadline { early.withLock { $0.append(delay) } }
                        order.withLock { $0.append(delay) }
                        if delay == 9 { continuation.resume() }
                    }
                    lane.schedule(handler, at: deadline)
                }
            }
        }
        #expect(order.withLock { $0 } == [1, 3, 5, 7, 9])
        #expect(early.withLock { $0 } == [])
    }

    @Test(arguments: [false, true])
    func `a task sleeps until its deadline, and one in the past does not hold it up`(isPrecise: Bool) async throws {
        let lane = try Lane(number: 0, isPrecise: isPrecise)
        let thread = try SystemThread(name: "lane") { lane.run() }
        let ends = await Task(executorPreference: lane) {
            let deadline = Clock.now().advanced(byNanoseconds: 3_000_000)
            await lane.sleep(until: deadline)
            let late = Clock.now().nanoseconds(since: deadline)
            await lane.sleep(until: deadline)
            return late
        }.value
        #expect(ends >= 0)
        lane.stop()
        thread.join()
    }

    @Test func `a task that never suspends by itself starves neither timers nor other tasks`() async throws {
        let running = try RunningLane()
        defer { running.end() }
        let isDone = Flag()
        let lane = running.lane
        let busy = Task(executorPreference: lane) {
            var rounds = 0
            while !isDone.isSet {
                rounds += 1
                let turn = lane.turn
                if lane.mustTurn(since: turn, at: Clock.now()) { await Task.yield() }
            }
            return rounds
        }
        try await running.onLane { lane in
            for _ in 0..<3 { await lane.sleep(until: Clock.now().advanced(byNanoseconds: 1_000_000)) }
        }
        isDone.set()
        #expect(await busy.value > 0)
    }

    /// Falls further behind with each turn, as arrivals do when there are more than can be noticed.
    private final class Laggard: LaneTimerHandler, @unchecked Sendable {
        let lane: Lane
        let isDone: Flag
        init(_ lane: Lane, _ isDone: Flag) { (self.lane, self.isDone) = (lane, isDone) }
        func timerFired(now: MonotonicInstant) {
            if !isDone.isSet { lane.schedule(self, at: MonotonicInstant(nanoseconds: 1)) }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a timer that is always overdue keeps no later one from firing`() async throws {
        let running = try RunningLane()
        defer { running.end() }
        let isDone = Flag()
        let laggard = Laggard(running.lane, isDone)
        try await running.onLane { lane in
            laggard.timerFired(now: lane.now)
            await lane.sleep(until: Clock.now().advanced(byNanoseconds: 1_000_000))
        }
        isDone.set()
    }

    @Test func `a lane under a flood of jobs still fires its timers`() async throws {
        let running = try RunningLane()
        defer { running.end() }
        let isDone = Flag()
        let flood = (0..<1000).map { _ in
            Task(executorPreference: running.lane) { while !isDone.isSet { await Task.yield() } }
        }
        try await running.onLane { lane in
            await lane.sleep(until: Clock.now().advanced(byNanoseconds: 1_000_000))
        }
        isDone.set()
        for task in flood { await task.value }
    }
}
