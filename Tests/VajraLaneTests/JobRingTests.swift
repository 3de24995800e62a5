// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import VajraTestSupport

@testable import VajraLane

/// Keeps the jobs that it is given, for a test to run or to look at.
private final class Collector: TaskExecutor {
    let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        jobs.withLock { $0.append(unowned) }
    }
}

@Suite struct JobRingTests {
    /// Fills a ring with jobs that note their number, in portions as `portion` says, and gives the order of running.
    private static func order(capacity: Int, count: Int, portion: (inout SplitMix) -> Int) -> [Int] {
        let collector = Collector()
        let log = Log()
        for number in 0..<count { Task(executorPreference: collector) { log.numbers.withLock { $0.append(number) } } }
        var waiting = collector.jobs.withLock { $0 }[...]
        var random = SplitMix(seed: 1)
        var ring = JobRing(capacity: capacity)
        let executor = collector.asUnownedTaskExecutor()
        while !waiting.isEmpty || ring.count > 0 {
            for job in waiting.prefix(portion(&random)) {
                ring.append(job)
                waiting.removeFirst()
            }
            for _ in 0..<min(ring.count, portion(&random)) { ring.removeFirst().runSynchronously(on: executor) }
        }
        return log.numbers.withLock { $0 }
    }

    private final class Log: Sendable {
        let numbers = Mutex<[Int]>([])
    }

    @Test func `jobs leave in the order in which they came, while the ring grows from one place to many`() {
        #expect(Self.order(capacity: 1, count: 1000) { _ in 1000 } == Array(0..<1000))
    }

    @Test func `jobs keep their order when the ring wraps around and grows in the middle`() {
        let order = Self.order(capacity: 4, count: 5000) { Int.random(in: 1...37, using: &$0) }
        #expect(order == Array(0..<5000))
    }

    @Test func `an unused ring is empty`() {
        let ring = JobRing()
        let count = ring.count
        #expect(count == 0)
    }
}
