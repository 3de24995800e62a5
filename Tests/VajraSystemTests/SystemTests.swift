// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import VajraModel
import VajraSystem

@Suite struct MonitorTests {
    @Test func `a wait ends when another thread makes its condition true`() throws {
        let monitor = Monitor(0)
        let threads = try (1...4).map { _ in
            try SystemThread(name: "adder") { for _ in 0..<1000 { monitor.withState { $0 += 1 } } }
        }
        #expect(monitor.wait { $0 == 4000 ? "all" : nil } == "all")
        for thread in threads { thread.join() }
    }

    @Test func `a wait gives up after its time, and not before`() {
        let start = Clock.now()
        #expect(Monitor(0).wait(nanoseconds: 5_000_000) { $0 == 1 ? true : nil } == nil)
        #expect(Clock.now().nanoseconds(since: start) >= 5_000_000)
    }

    @Test(arguments: [0, -1, 1, 999_999_999, 1_000_000_000] as [Int64])
    func `a condition that holds already needs no time`(nanoseconds: Int64) {
        #expect(Monitor(7).wait(nanoseconds: nanoseconds) { $0 } == 7)
    }

    @Test(arguments: [0, -1, -1_000_000_000] as [Int64])
    func `no time left is no wait`(nanoseconds: Int64) {
        #expect(Monitor(7).wait(nanoseconds: nanoseconds) { _ in nil as Int? } == nil)
    }

    @Test func `a wait without end is ended by its condition`() throws {
        let monitor = Monitor(false)
        let thread = try SystemThread(name: "setter") { monitor.withState { $0 = true } }
        #expect(monitor.wait(nanoseconds: .max) { $0 ? 1 : nil } == 1)
        thread.join()
    }

    @Test func `an error leaves the lock free`() {
        struct Broken: Error {}
        let monitor = Monitor(1)
        #expect(throws: Broken.self) { try monitor.withState { (_: inout Int) throws(Broken) in throw Broken() } }
        #expect(monitor.withState { $0 } == 1)
    }
}

@Suite struct WakeEventTests {
    private func isReadable(_ event: WakeEvent) -> Bool {
        var watched = pollfd(fd: event.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, 0) == 1
    }

    @Test func `an event stays signalled until it is cleared, once for all signals`() throws {
        let event = try WakeEvent()
        #expect(!isReadable(event))
        for _ in 0..<5 { event.signal() }
        #expect(isReadable(event))
        #expect(isReadable(event))
        event.clear()
        #expect(!isReadable(event))
        event.clear()
        event.signal()
        #expect(isReadable(event))
    }
}

@Suite struct ClockTests {
    @Test(
        arguments: [
            (0, 1000), (1, 1000), (999, 1000), (1000, 1001), (1_000_000_000, 1_001_000), (-1, 999), (-1000, 999),
            (-1001, 998), (86_400_000_000_000 * 365, 31_536_000_001_000),
        ] as [(Int64, Int64)])
    func `an anchor turns instants into wall-clock times, rounded down`(offset: Int64, expected: Int64) {
        let anchor = ClockAnchor(monotonic: MonotonicInstant(nanoseconds: 5_000_000), unixMicroseconds: 1000)
        #expect(anchor.unixMicroseconds(at: MonotonicInstant(nanoseconds: 5_000_000 + offset)) == expected)
    }

    @Test func `an anchor taken now says what the wall clock says`() {
        let before = Clock.unixMicroseconds()
        let said = ClockAnchor.take().unixMicroseconds(at: Clock.now())
        let after = Clock.unixMicroseconds()
        #expect((before - 1...after + 1).contains(said))
    }

    @Test func `a thread's processor time is not beyond its process's`() {
        let thread = Clock.threadCPU()
        #expect(thread >= 0)
        #expect(Clock.processCPU() >= thread)
    }

    @Test(arguments: [(Int64(-5), 0 as Int32), (0, 0), (60_000_000_000, 60_000)])
    func `a poll waits until the deadline, rounded up`(left: Int64, expected: Int32) {
        let timeout = PollTimeout.milliseconds(until: Clock.now().advanced(byNanoseconds: left))
        #expect((max(0, expected - 1000)...expected).contains(timeout))
        #expect(PollTimeout.milliseconds(until: .distantFuture) == -1)
    }
}
