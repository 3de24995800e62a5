// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraTestSupport

@testable import VajraPlan

private let second: Int64 = 1_000_000_000

@Suite struct PlanTimelineTests {
    @Test func `a course without a change is its plan`() throws {
        for plan in try assortedPlans() {
            let timeline = PlanTimeline(plan)
            #expect(timeline.total() == plan.total())
            for index in [0, 1, plan.total() / 2, plan.total()] as [UInt64] {
                #expect(timeline.intendedStart(of: index) == plan.intendedStart(of: index))
            }
        }
    }

    @Test func `indices go on behind a change, and so does the fraction of an arrival`() throws {
        var timeline = PlanTimeline(try plan(.even, constant("100/s", "10s")))
        // 250.5 arrivals are covered: the 251st, index 250, began at 2.5 s; index 251 has half of its gap behind it.
        try timeline.change(at: 2_505_000_000, to: [constant("20/s", "2s")])
        #expect(timeline.epochs[1].firstIndex == 251)
        #expect(timeline.intendedStart(of: 250) == 2_500_000_000)
        #expect(timeline.intendedStart(of: 251) == 2_530_000_000, "half of a gap of 50 ms")
        #expect(timeline.intendedStart(of: 252) == 2_580_000_000)
        #expect(timeline.total() == 291)
        #expect(timeline.rate(at: second) == 100 && timeline.rate(at: 3 * second) == 20)
        #expect(timeline.end == 4_505_000_000)
    }

    @Test func `a thousand changes to the same rate are no change`() throws {
        let phases = [try constant("99.9/s", "60s")]
        let plain = try ArrivalPlan(phases: phases, arrivals: .even)
        var timeline = PlanTimeline(plain)
        for change in 1...1000 {
            let instant = Int64(change) * 59_000_017
            try timeline.change(
                at: instant,
                to: [
                    .constant(
                        rate: try ArrivalRate(parsing: "99.9/s"), for: TimeSpan(nanoseconds: 60 * second - instant))
                ])
        }
        #expect(timeline.total() == plain.total())
        for index in stride(from: UInt64(0), to: plain.total(), by: 37) {
            let (there, here) = (plain.intendedStart(of: index) ?? 0, timeline.intendedStart(of: index) ?? 0)
            #expect(abs(there - here) <= 1, "index \(index)")
        }
    }

    @Test func `a pause in the course holds the fraction, and what follows goes on with it`() throws {
        var timeline = PlanTimeline(try plan(.even, constant("10/s", "10s")))
        try timeline.change(at: 1_050_000_000, to: [pause("1s"), constant("10/s", "1s")])
        #expect(timeline.intendedStart(of: 10) == second)
        #expect(timeline.intendedStart(of: 11) == 2_100_000_000)
    }

    @Test func `a change at the instant of the last one takes its place`() throws {
        var timeline = PlanTimeline(try plan(.even, constant("10/s", "10s")))
        try timeline.change(at: second, to: [constant("1k/s", "1s")])
        try timeline.change(at: second, to: [constant("1/s", "2s")])
        #expect(timeline.total() == 12)
        #expect(timeline.epochs.count == 2)
    }

    @Test func `the course cannot change in the past`() throws {
        var timeline = PlanTimeline(try plan(.even, constant("10/s", "10s")))
        try timeline.change(at: 2 * second, to: [constant("1/s", "1s")])
        #expect(throws: PlanError.changeInThePast) { try timeline.change(at: second, to: [constant("1/s", "1s")]) }
    }

    @Test(arguments: 1...600 as ClosedRange<UInt64>)
    func `whatever the changes, each index has one owner and one start, in order, inside of its epoch`(seed: UInt64)
        throws
    {
        var random = SplitMix(seed: seed)
        let arrivals: ArrivalProcess = Bool.random(using: &random) ? .even : .poisson(seed: seed)
        func phases() throws -> [LoadPhase] {
            try (0..<Int.random(in: 1...3, using: &random)).map { _ in
                let length = TimeSpan(nanoseconds: .random(in: 1...(second / 2), using: &random))
                let rates = ["0/s", "7/s", "33.3/s", "100/s", "61/m", "1k/s"]
                let (from, to) = (rates.randomElement(using: &random)!, rates.randomElement(using: &random)!)
                return .ramp(from: try ArrivalRate(parsing: from), to: try ArrivalRate(parsing: to), for: length)
            }
        }
        var timeline = PlanTimeline(try ArrivalPlan(phases: try phases(), arrivals: arrivals))
        var instant: Int64 = 0
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            instant += Int64.random(in: 0...(second / 2), using: &random)
            try timeline.change(at: instant, to: try phases())
        }
        let stride = UInt64.random(in: 1...5, using: &random)
        var dealt: [(index: UInt64, start: Int64)] = []
        for offset in 0..<stride {
            var cursor = TimelineCursor(timeline, share: try IterationShare(offset: offset, stride: stride))
            var before: Int64 = 0
            while let due = cursor.next() {
                #expect(due.index % stride == offset && due.intendedStart >= before)
                before = due.intendedStart
                dealt.append((due.index, due.intendedStart))
            }
        }
        dealt.sort { $0.index < $1.index }
        let isWhole = dealt.map(\.index).elementsEqual(0..<timeline.total())
        #expect(isWhole)
        for (index, start) in dealt {
            #expect(timeline.intendedStart(of: index) == start)
            #expect(timeline.count(before: start) <= index && index < timeline.count(before: start + 1))
        }
        for (epoch, next) in zip(timeline.epochs, timeline.epochs.dropFirst()) {
            let own = dealt.filter { $0.index >= epoch.firstIndex && $0.index < next.firstIndex }
            #expect(own.allSatisfy { $0.start >= epoch.start && $0.start < next.start })
        }
    }
}
