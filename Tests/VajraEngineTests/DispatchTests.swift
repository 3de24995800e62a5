// SPDX-License-Identifier: Apache-2.0

import Testing
@testable import VajraEngine
import VajraModel
import VajraPlan
import VajraTestSupport

/// Ten arrivals, one each 100 ms.
@Suite struct DispatchTests {
    private static func machine(capacity: Int, _ policy: SaturationPolicy = .queue) throws -> DispatchStateMachine {
        DispatchStateMachine(arrivals: try arrivals("10/s", "1s"), capacity: capacity, policy: policy)
    }

    private static func planned(_ index: UInt64) -> PlannedIteration {
        PlannedIteration(index: index, intendedStart: milliseconds(100) * Int64(index))
    }

    // MARK: One event in each state

    @Test func `before the first arrival is due nothing starts`() throws {
        var machine = try Self.machine(capacity: 1)
        #expect(machine.nextArrival == 0)
        #expect(machine.arrival(now: -1) == nil)
        #expect(!machine.isFinished)
    }

    @Test func `an arrival starts at the very instant at which it is due`() throws {
        var machine = try Self.machine(capacity: 1)
        #expect(machine.arrival(now: 0) == .start(Self.planned(0)))
        #expect(machine.inFlight == 1)
        #expect(machine.nextArrival == milliseconds(100))
        #expect(machine.arrival(now: milliseconds(100) - 1) == nil)
    }

    @Test func `a late look finds every arrival that is due, in order`() throws {
        var machine = try Self.machine(capacity: 100)
        for index in 0..<3 as Range<UInt64> {
            #expect(machine.arrival(now: milliseconds(250)) == .start(Self.planned(index)))
        }
        #expect(machine.arrival(now: milliseconds(250)) == nil)
    }

    @Test func `arrivals wait while all places are taken, and take them in the order of the plan`() throws {
        var machine = try Self.machine(capacity: 2)
        let now = milliseconds(450)
        #expect(machine.arrival(now: now) == .start(Self.planned(0)))
        #expect(machine.arrival(now: now) == .start(Self.planned(1)))
        #expect(machine.arrival(now: now) == .queued(Self.planned(2)))
        #expect(machine.arrival(now: now) == .queued(Self.planned(3)))
        #expect(machine.arrival(now: now) == .queued(Self.planned(4)))
        #expect(machine.arrival(now: now) == nil)
        #expect(machine.waiting == 3)
        #expect(machine.saturations == 3)
        #expect(machine.completed() == Self.planned(2))
        #expect(machine.inFlight == 2)
        #expect(machine.completed() == Self.planned(3))
        #expect(machine.completed() == Self.planned(4))
        #expect(machine.waiting == 0)
        #expect(machine.completed() == nil)
        #expect(machine.inFlight == 1)
    }

    @Test func `an arrival goes behind those that wait, though a place is free by then`() throws {
        var machine = try Self.machine(capacity: 1)
        _ = machine.arrival(now: 0)
        #expect(machine.arrival(now: milliseconds(100)) == .queued(Self.planned(1)))
        #expect(machine.arrival(now: milliseconds(200)) == .queued(Self.planned(2)))
        #expect(machine.completed() == Self.planned(1))
        #expect(machine.arrival(now: milliseconds(300)) == .queued(Self.planned(3)))
        #expect(machine.completed() == Self.planned(2))
        #expect(machine.completed() == Self.planned(3))
        #expect(machine.completed() == nil)
        #expect(machine.arrival(now: milliseconds(400)) == .start(Self.planned(4)), "the queue is forgotten")
        #expect(machine.arrival(now: milliseconds(500)) == .queued(Self.planned(5)), "and begins anew")
        #expect(machine.completed() == Self.planned(5))
    }

    @Test func `with the drop policy an arrival without a place never starts`() throws {
        var machine = try Self.machine(capacity: 1, .drop)
        #expect(machine.arrival(now: milliseconds(200)) == .start(Self.planned(0)))
        #expect(machine.arrival(now: milliseconds(200)) == .dropped(Self.planned(1)))
        #expect(machine.arrival(now: milliseconds(200)) == .dropped(Self.planned(2)))
        #expect(machine.waiting == 0)
        #expect(machine.saturations == 2)
        #expect(machine.completed() == nil)
        #expect(machine.arrival(now: milliseconds(300)) == .start(Self.planned(3)))
        #expect(machine.stop() == 0)
    }

    @Test func `a stop gives up the arrivals that wait and those to come, and not those in flight`() throws {
        var machine = try Self.machine(capacity: 1)
        for _ in 0..<4 { _ = machine.arrival(now: milliseconds(300)) }
        #expect(machine.stop() == 3)
        #expect(machine.nextArrival == nil)
        #expect(machine.arrival(now: .max) == nil)
        #expect(!machine.isFinished)
        #expect(machine.completed() == nil)
        #expect(machine.isFinished)
        #expect(machine.stop() == 0, "a second stop finds nothing")
    }

    @Test func `a plan is finished when its last iteration has ended`() throws {
        var machine = try Self.machine(capacity: 10)
        for _ in 0..<10 { _ = machine.arrival(now: .max) }
        #expect(machine.nextArrival == nil)
        for _ in 0..<9 { #expect(machine.completed() == nil) }
        #expect(!machine.isFinished)
        _ = machine.completed()
        #expect(machine.isFinished)
    }

    @Test(arguments: [0, -5])
    func `a capacity below one counts as one`(capacity: Int) throws {
        var machine = try Self.machine(capacity: capacity)
        #expect(machine.arrival(now: .max) == .start(Self.planned(0)))
        #expect(machine.arrival(now: .max) == .queued(Self.planned(1)))
    }

    // MARK: Laws

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `whatever completes when, iterations start once each in the order of the plan`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let isPoisson = Bool.random(using: &random)
        let cursor = try arrivals("1k/s", "500ms", isPoisson ? .poisson(seed: seed) : .even)
        var whole = cursor
        var expected: [PlannedIteration] = []
        while let next = whole.next() {
            expected.append(PlannedIteration(index: next.index, intendedStart: next.intendedStart))
        }

        var machine = DispatchStateMachine(
            arrivals: cursor, capacity: Int.random(in: 1...20, using: &random), policy: .queue)
        var started: [PlannedIteration] = []
        var now: Int64 = 0
        while !machine.isFinished {
            now += Int64.random(in: 0...5_000_000, using: &random)
            while let arrival = machine.arrival(now: now) {
                if case .start(let planned) = arrival { started.append(planned) }
            }
            for _ in 0..<Int.random(in: 0...machine.inFlight, using: &random) {
                if let waiting = machine.completed() { started.append(waiting) }
            }
        }
        #expect(started == expected)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `with a stop in between, planned is started plus waiting plus dropped`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let policy = SaturationPolicy.allCases.randomElement(using: &random)!
        var machine = DispatchStateMachine(arrivals: try arrivals("1k/s", "500ms"), capacity: 5, policy: policy)
        var (planned, started, dropped): (UInt64, UInt64, UInt64) = (0, 0, 0)
        for step in 0..<Int64.random(in: 1...400, using: &random) {
            while let arrival = machine.arrival(now: milliseconds(step)) {
                planned += 1
                switch arrival {
                case .start: started += 1
                case .queued: break
                case .dropped: dropped += 1
                }
            }
            if machine.inFlight > 0, Bool.random(using: &random), machine.completed() != nil { started += 1 }
            #expect(planned == started + machine.waiting + dropped)
            #expect(machine.inFlight <= 5)
        }
        dropped += machine.stop()
        #expect(planned == started + dropped)
    }
}
