// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import VajraSystem

/// Which readiness a source waits for, and which has come.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Bytes, a connection, or the end of input can be read.
    package static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    /// Bytes can be written, or a connection attempt has been decided.
    package static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
    /// Something has come from the other side: bytes, their end, or an error.
    package static let input = Readiness(rawValue: EPOLLIN.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue)
    /// Bytes can be read or written.
    package static let both = Readiness(rawValue: EPOLLIN.rawValue | EPOLLOUT.rawValue)

    /// Whether the two have an element in common; `OptionSet`'s own operations build a set from an array first.
    package func intersects(_ other: Readiness) -> Bool { rawValue & other.rawValue != 0 }
}

/// Something on a lane that is told when its descriptor is ready.
package protocol ReadinessHandler: AnyObject {
    /// The descriptor is ready. Called on the lane's thread.
    func ready(_ readiness: Readiness)
}

/// A watched descriptor and its handler; the lane keeps both alive until the source is removed.
package final class LaneSource {
    fileprivate let handler: any ReadinessHandler
    /// The watched descriptor; −1 once it is no longer watched.
    fileprivate(set) var descriptor: Int32

    fileprivate init(handler: any ReadinessHandler, descriptor: Int32) {
        self.handler = handler
        self.descriptor = descriptor
    }

    @inline(__always)
    func ready(_ readiness: Readiness) {
        // Removed by an earlier event of this batch.
        if descriptor >= 0 { handler.ready(readiness) }
    }
}

/// The only place that knows epoll; a kqueue would be its sibling.
struct Poller: ~Copyable {
    private static let capacity = 256
    private let epoll: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private var retired: [Unmanaged<LaneSource>] = []
    private var lacksPreciseWait = false

    init() throws(SystemError) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        events = .allocate(capacity: Poller.capacity)
        if epoll < 0 { throw SystemError("create an epoll instance") }
    }

    deinit {
        for source in retired { source.release() }
        events.deallocate()
        close(epoll)
    }

    /// Watches an eventfd whose readiness only ends the wait.
    mutating func watchWake(_ descriptor: Int32) {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
    }

    mutating func add(
        _ handler: any ReadinessHandler, descriptor: Int32, _ interest: Readiness
    ) throws(SystemError) -> LaneSource {
        let source = LaneSource(handler: handler, descriptor: descriptor)
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.ptr = Unmanaged.passRetained(source).toOpaque()
        guard epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
            let error = SystemError("watch a descriptor")
            Unmanaged.passUnretained(source).release()
            throw error
        }
        return source
    }

    func modify(_ source: LaneSource, _ interest: Readiness) {
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.ptr = Unmanaged.passUnretained(source).toOpaque()
        epoll_ctl(epoll, EPOLL_CTL_MOD, source.descriptor, &event)
    }

    /// Stops watching. The current batch may already hold an event for the source, so epoll's reference is released
    /// only after that batch.
    mutating func remove(_ source: LaneSource) {
        var event = epoll_event()
        epoll_ctl(epoll, EPOLL_CTL_DEL, source.descriptor, &event)
        source.descriptor = -1
        retired.append(.passUnretained(source))
    }

    /// Waits at most `nanoseconds` (0: not at all; negative: for ever). Returns the number of events, which may include
    /// the wake event.
    mutating func wait(nanoseconds: Int64) -> Int {
        for source in retired { source.release() }
        retired.removeAll(keepingCapacity: true)
        let capacity = Int32(Poller.capacity)
        if nanoseconds <= 0 {
            return max(0, Int(epoll_wait(epoll, events, capacity, nanoseconds < 0 ? -1 : 0)))
        }
        if !lacksPreciseWait {
            var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
            let count = epoll_pwait2(epoll, events, capacity, &time, nil)
            if count >= 0 || errno != ENOSYS { return max(0, Int(count)) }
            lacksPreciseWait = true  // Linux before 5.11 waits in milliseconds; the lag in the report shows it.
        }
        let milliseconds = min(nanoseconds / 1_000_000 + 1, 60_000)
        return max(0, Int(epoll_wait(epoll, events, capacity, Int32(milliseconds))))
    }

    /// The source of event number `index` and its readiness; nil for the wake event.
    @inline(__always)
    func event(_ index: Int) -> (Unmanaged<LaneSource>, Readiness)? {
        guard let pointer = events[index].data.ptr else { return nil }
        return (Unmanaged<LaneSource>.fromOpaque(pointer), Readiness(rawValue: events[index].events))
    }
}
