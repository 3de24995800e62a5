// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraPlan

@Suite struct PlanLawTests {
    @Test func `the whole cursor is the closed form and starts never go back`() throws {
        for load in try assortedPlans() {
            let all = dealt(load)
            #expect(all.map(\.index) == Array(0..<load.total()))
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.start <= $1.start })
            #expect(all.allSatisfy { $0.start >= 0 && $0.start < load.duration.nanoseconds })
            for arrival in all where arrival.index < 500 || arrival.index % 997 == 0 {
                #expect(load.intendedStart(of: arrival.index) == arrival.start)
            }
            #expect(load.intendedStart(of: load.total()) == nil)
        }
    }

    @Test(arguments: [(1, 1), (2, 1), (1, 3), (3, 4), (5, 2), (7, 7), (16, 1)])
    func `the segments' lanes together deal out exactly the whole plan`(workers: Int, lanes: Int) throws {
        for load in try assortedPlans() {
            var union: [Arrival] = []
            for worker in 1...workers {
                let segment = try #require(Segment(index: worker, of: workers))
                for lane in 0..<lanes {
                    let share = try IterationShare(of: segment, lane: lane, of: lanes)
                    let part = dealt(load, share)
                    #expect(UInt64(part.count) == load.count(before: load.duration.nanoseconds, of: share))
                    union += part
                }
            }
            #expect(union.sorted { $0.index < $1.index } == dealt(load))
        }
    }

    @Test func `count(before:) is the inverse of the intended start`() throws {
        for load in try assortedPlans() {
            let all = dealt(load)
            #expect(load.count(before: .min) == 0)
            #expect(load.count(before: 0) == 0)
            #expect(load.count(before: .max) == load.total())
            for arrival in all where arrival.index < 200 || arrival.index % 1999 == 0 {
                for instant in [arrival.start, arrival.start + 1] {
                    let before = all.partitioningIndex { $0.start >= instant }
                    #expect(load.count(before: instant) == UInt64(before))
                }
            }
        }
    }

    @Test func `intervals counted one after another add up to what the share is dealt`() throws {
        for load in try assortedPlans() {
            for offset in [0, 2] as [UInt64] {
                let share = try IterationShare(offset: offset, stride: 3)
                let part = dealt(load, share)
                var counter = PlannedCounter(load, share: share)
                for tenth in 0...11 {
                    let instant = load.duration.nanoseconds / 10 * Int64(tenth)
                    #expect(counter.count(before: instant) == UInt64(part.count { $0.start < instant }))
                }
                #expect(counter.count(before: 0) == counter.count(before: .max))
            }
        }
    }

    @Test func `a cursor that begins later deals out the rest`() throws {
        for load in try assortedPlans() {
            let share = try IterationShare(offset: 1, stride: 3)
            let part = dealt(load, share)
            let starts = [-1, 0, 1, load.duration.nanoseconds / 3, load.duration.nanoseconds, .max]
            for instant in starts + part.suffix(2).map(\.start) {
                #expect(dealt(load, share, from: instant) == part.filter { $0.start >= instant })
            }
        }
    }

    @Test func `a lane of the largest stride finds its iteration or nothing`() throws {
        let load = try plan(.even, constant("100k/s", "24h"), ramp("100k/s", "1/h", "24h"))
        let share = try IterationShare(offset: 1 << 32 - 1, stride: IterationShare.largestStride)
        #expect(dealt(load, share).allSatisfy { load.intendedStart(of: $0.index) == $0.start })
        #expect(UInt64(dealt(load, share).count) == share.count(below: load.total()))
        let short = try plan(.poisson(seed: 3), constant("100/s", "1s"))
        #expect(dealt(short, share).isEmpty)
        #expect(short.intendedStart(of: .max) == nil)
    }
}

extension Array {
    /// The first index whose element, and all after it, satisfy the condition.
    fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
