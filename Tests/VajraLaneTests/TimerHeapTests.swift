// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraTestSupport

@testable import VajraLane

@Suite struct TimerHeapTests {
    private final class Named: LaneTimerHandler {
        let deadline: Int64
        init(_ deadline: Int64) { self.deadline = deadline }
        func timerFired(now: MonotonicInstant) {}
    }

    private static func instant(_ nanoseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds) }

    private static func insert(_ deadline: Int64, into heap: inout TimerHeap) {
        heap.insert(instant(deadline), .fire(Named(deadline)))
    }

    private static func pop(_ heap: inout TimerHeap, now: Int64) -> Int64? {
        guard case .fire(let handler) = heap.popDue(now: instant(now)) else { return nil }
        return (handler as? Named)?.deadline
    }

    @Test func `a heap without timers has none due`() {
        var heap = TimerHeap()
        #expect(heap.nextDeadline == .distantFuture)
        #expect(Self.pop(&heap, now: .max) == nil)
    }

    @Test func `a timer is due at its very deadline and not before`() {
        var heap = TimerHeap()
        Self.insert(100, into: &heap)
        #expect(Self.pop(&heap, now: 99) == nil)
        #expect(heap.nextDeadline == Self.instant(100))
        #expect(Self.pop(&heap, now: 100) == 100)
        #expect(heap.nextDeadline == .distantFuture)
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `timers come out as from a sorted list, whatever goes in between`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var heap = TimerHeap()
        var oracle: [Int64] = []
        var now: Int64 = 0
        for _ in 0..<2000 {
            if Int.random(in: 0..<5, using: &random) < 3 {
                // Few different deadlines, so that many are equal.
                let deadline = now + Int64.random(in: -5...50, using: &random)
                Self.insert(deadline, into: &heap)
                oracle.insert(deadline, at: oracle.firstIndex { $0 > deadline } ?? oracle.count)
            } else {
                now += Int64.random(in: 0...3, using: &random)
                let expected = oracle.first.flatMap { $0 <= now ? $0 : nil }
                if expected != nil { oracle.removeFirst() }
                #expect(Self.pop(&heap, now: now) == expected)
            }
            #expect(heap.nextDeadline == oracle.first.map(Self.instant) ?? .distantFuture)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 16, 17, 21, 22, 85, 86])
    func `every size of heap, falling and rising, is emptied in order`(count: Int64) {
        for deadlines in [Array(0..<count), (0..<count).reversed()] {
            var heap = TimerHeap()
            for deadline in deadlines { Self.insert(deadline, into: &heap) }
            #expect((0..<count).compactMap { _ in Self.pop(&heap, now: .max) } == Array(0..<count))
        }
    }
}
