// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraPlan

@Suite struct ClosedPlanTests {
    @Test(
        arguments: [
            ("fewer slots than owners", 2, 4, 100), ("as many", 4, 4, 10), ("more, unevenly", 64, 5, 1_000_003),
            ("fewer iterations than slots", 10, 3, 4), ("one of each", 1, 1, 1), ("none to speak of", 7, 6, 0),
            ("the most", 10_000_000, 7, .max),
        ] as [(String, Int, UInt64, UInt64)])
    func `shares add up to the whole`(story: String, concurrency: Int, owners: UInt64, iterations: UInt64) throws {
        let whole = try ClosedPlan(concurrency: concurrency, duration: .seconds(1), iterations: iterations)
        let shares = try (0..<owners).map { whole.share(of: try IterationShare(offset: $0, stride: owners)) }
        #expect(shares.map(\.concurrency).reduce(0, +) == concurrency)
        #expect(shares.compactMap(\.iterations).reduce(0, +) == iterations)
        #expect(shares.allSatisfy { $0.duration == .seconds(1) && $0.thinkTime == .zero })
        for (owner, share) in shares.enumerated() {
            #expect(share.concurrency == (concurrency + Int(owners) - 1 - owner) / Int(owners))
            #expect(share.concurrency > 0 || share.iterations == 0, "iterations that nobody would run")
        }
    }

    @Test func `without a number of iterations a share has none either`() throws {
        let think = TimeSpan.milliseconds(5)
        let whole = try ClosedPlan(concurrency: 3, thinkTime: think, duration: .seconds(1), iterations: nil)
        let share = whole.share(of: try IterationShare(offset: 1, stride: 2))
        #expect(share.concurrency == 1 && share.iterations == nil && share.thinkTime == think)
        #expect(whole.share(of: .whole) == whole)
    }

    @Test func `closed loads that make no sense are refused`() {
        for concurrency in [Int.min, 0, 10_000_001] {
            #expect(throws: PlanError.concurrencyOutOfRange(concurrency)) {
                try ClosedPlan(concurrency: concurrency, duration: .seconds(1), iterations: nil)
            }
        }
        for (duration, iterations) in [(nil, nil), (TimeSpan.zero, nil), (nil, 0)] as [(TimeSpan?, UInt64?)] {
            #expect(throws: PlanError.endless) {
                try ClosedPlan(concurrency: 1, duration: duration, iterations: iterations)
            }
        }
    }
}
