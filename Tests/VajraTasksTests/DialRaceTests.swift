// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraSystem

@testable import VajraTasks

private func at(_ milliseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: milliseconds * 1_000_000) }

@Suite struct DialRaceTests {
    @Test func `each address has a head start of 250 ms over the next`() {
        var race = DialRace([0, 1, 2], until: at(10_000))
        #expect(race.start(at: at(0)) == .begin(0, thenAt: at(250)))
        #expect(race.timerFired(at: at(250)) == .begin(1, thenAt: at(500)))
        #expect(race.timerFired(at: at(500)) == .begin(2, thenAt: nil))
        #expect(race.timerFired(at: at(750)) == .wait)
    }

    @Test func `a failure has the next address begin at once`() {
        var race = DialRace([2, 0], until: at(10_000))
        #expect(race.start(at: at(0)) == .begin(2, thenAt: at(250)))
        #expect(race.failed(at: at(3)) == .begin(0, thenAt: nil))
        #expect(race.timerFired(at: at(250)) == .wait, "that was the head start of the one that failed")
        #expect(race.failed(at: at(300)) == .lost)
    }

    @Test func `the race is lost when the last attempt has failed, and not before`() {
        var race = DialRace([0, 1], until: at(10_000))
        _ = race.start(at: at(0))
        _ = race.timerFired(at: at(250))
        #expect(race.failed(at: at(300)) == .wait)
        #expect(race.failed(at: at(400)) == .lost)
    }

    @Test func `where time is short each address has an equal share of it`() {
        var race = DialRace([0, 1, 2], until: at(300))
        #expect(race.start(at: at(0)) == .begin(0, thenAt: at(100)))
        #expect(race.timerFired(at: at(100)) == .begin(1, thenAt: at(200)))
        #expect(race.timerFired(at: at(200)) == .begin(2, thenAt: nil))
    }

    @Test func `nothing begins after the deadline`() {
        var race = DialRace([0, 1], until: at(100))
        _ = race.start(at: at(0))
        #expect(race.timerFired(at: at(100)) == .wait)
        #expect(race.failed(at: at(100)) == .lost)
    }

    @Test func `a timer that was set for an earlier attempt begins nothing`() {
        var race = DialRace([0, 1, 2], until: at(10_000))
        _ = race.start(at: at(0))
        #expect(race.failed(at: at(200)) == .begin(1, thenAt: at(450)))
        #expect(race.timerFired(at: at(250)) == .wait)
        #expect(race.timerFired(at: at(450)) == .begin(2, thenAt: nil))
    }

    @Test func `without an address the race is lost at once`() {
        var race = DialRace([], until: at(100))
        #expect(race.start(at: at(0)) == .lost)
    }
}

@Suite struct AddressMemoryTests {
    private let addresses = ["127.0.0.1", "127.0.0.2", "127.0.0.3"].compactMap { Resolver.numeric($0, port: 80) }

    @Test func `addresses are tried in the resolver's order at first`() {
        #expect(AddressMemory().order(of: addresses, at: at(0)) == [0, 1, 2])
    }

    @Test func `the one that last worked comes first, one that failed last`() {
        var memory = AddressMemory()
        memory.failed(addresses[0], at: at(0))
        memory.worked(addresses[2])
        #expect(memory.order(of: addresses, at: at(10)) == [2, 1, 0])
    }

    @Test func `an address that failed has its place back after 1 s, then 2 s, up to 64 s`() {
        var memory = AddressMemory()
        var now: Int64 = 0
        for seconds in [1, 2, 4, 8, 16, 32, 64, 64] as [Int64] {
            memory.failed(addresses[0], at: at(now))
            #expect(memory.order(of: addresses, at: at(now + seconds * 1000 - 1)) == [1, 2, 0])
            now += seconds * 1000
            #expect(memory.order(of: addresses, at: at(now)) == [0, 1, 2])
        }
    }

    @Test func `many failures at one time are one`() {
        var memory = AddressMemory()
        for _ in 0..<64 { memory.failed(addresses[0], at: at(5)) }
        #expect(memory.order(of: addresses, at: at(1005)) == [0, 1, 2])
    }

    @Test func `what works forgets its failures`() {
        var memory = AddressMemory()
        memory.failed(addresses[0], at: at(0))
        memory.worked(addresses[0])
        #expect(memory.order(of: addresses, at: at(1)) == [0, 1, 2])
    }
}
