// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// Something on a lane that a timer wakes.
package protocol LaneTimerHandler: AnyObject {
    /// The timer's deadline has passed; `now` is the lane's clock sample for this wake-up.
    func timerFired(now: MonotonicInstant)
}

/// What a timer does when its deadline has passed.
enum TimerAction {
    case resume(UnsafeContinuation<Void, Never>)
    case fire(any LaneTimerHandler)
}

/// A 4-ary min-heap of deadlines: half the depth of a binary one, and siblings share a cache line.
///
/// It moves entries in memory of its own. An array would copy them, and count their references, at each step.
struct TimerHeap: ~Copyable {
    private struct Entry {
        var deadline: MonotonicInstant
        var action: TimerAction
    }

    private var entries: UnsafeMutablePointer<Entry>
    private var capacity: Int

    /// How many timers are set.
    private(set) var count = 0

    init(capacity: Int = 64) {
        entries = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit {
        entries.deinitialize(count: count)
        entries.deallocate()
    }

    /// The earliest deadline; `distantFuture` when there is none.
    var nextDeadline: MonotonicInstant {
        count > 0 ? entries.pointee.deadline : .distantFuture
    }

    mutating func insert(_ deadline: MonotonicInstant, _ action: TimerAction) {
        if count == capacity { grow() }
        var hole = count
        count += 1
        while hole > 0 {
            let parent = (hole - 1) / 4
            if entries[parent].deadline <= deadline { break }
            (entries + hole).moveInitialize(from: entries + parent, count: 1)
            hole = parent
        }
        (entries + hole).initialize(to: Entry(deadline: deadline, action: action))
    }

    /// Takes out the earliest timer if its deadline is not after `now`.
    mutating func popDue(now: MonotonicInstant) -> TimerAction? {
        guard count > 0, entries.pointee.deadline <= now else { return nil }
        let due = entries.move().action
        count -= 1
        if count > 0 { sink((entries + count).move()) }
        return due
    }

    /// Puts an entry into the hole at the top, or where it belongs below.
    private mutating func sink(_ entry: consuming Entry) {
        var hole = 0
        while let child = earliestChild(of: hole), entries[child].deadline < entry.deadline {
            (entries + hole).moveInitialize(from: entries + child, count: 1)
            hole = child
        }
        (entries + hole).initialize(to: entry)
    }

    @inline(__always)
    private func earliestChild(of parent: Int) -> Int? {
        let first = 4 * parent + 1
        guard first < count else { return nil }
        var earliest = first
        var child = first + 1
        while child < min(first + 4, count) {
            if entries[child].deadline < entries[earliest].deadline { earliest = child }
            child += 1
        }
        return earliest
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }
}
