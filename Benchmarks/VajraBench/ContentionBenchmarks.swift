// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VajraMetrics
import VajraSystem

/// What it would cost if lanes shared what they record: two threads that do nothing else.
enum ContentionBenchmarks {
    static var all: [Benchmark] {
        [
            Benchmark(name: "count on two threads: one counter under a mutex") { count in
                let counter = Mutex<UInt64>(0)
                try onTwoThreads { for _ in 0..<count / 2 { counter.withLock { $0 &+= 1 } } }
                consume(counter.withLock { $0 })
            },
            Benchmark(name: "count on two threads: one atomic counter") { count in
                let counter = Atomic<UInt64>(0)
                try onTwoThreads { for _ in 0..<count / 2 { counter.add(1, ordering: .relaxed) } }
                consume(counter.load(ordering: .relaxed))
            },
            Benchmark(name: "count on two threads: one histogram under a mutex") { count in
                let histogram = Mutex(Histogram())
                try onTwoThreads {
                    for index in 0..<count / 2 { histogram.withLock { $0.record(400_000 &+ UInt64(index) & 65_535) } }
                }
                consume(histogram.withLock { $0.totalCount })
            },
            Benchmark(name: "count on two threads: a histogram each, as lanes do") { count in
                try onTwoThreads {
                    var histogram = Histogram()
                    for index in 0..<count / 2 { histogram.record(400_000 &+ UInt64(index) & 65_535) }
                    consume(histogram.totalCount)
                }
            },
        ]
    }

    /// The second thread's time is the same as this one's, which is what is measured: half of the operations each, so an
    /// operation is shown with half of its price unless both run at once without a cost to each other.
    private static func onTwoThreads(_ body: @escaping @Sendable () -> Void) throws {
        let other = try SystemThread(name: "other", body)
        body()
        other.join()
    }
}
