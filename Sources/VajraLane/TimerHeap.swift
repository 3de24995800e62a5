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
struct TimerHeap {
    private struct Entry {
        var deadline: MonotonicInstant
        var action: TimerAction
    }

    private var entries: [Entry] = []

    /// How many timers are set.
    var count: Int { entries.count }

    /// The earliest deadline; `distantFuture` when there is none.
    var nextDeadline: MonotonicInstant {
        entries.first?.deadline ?? .distantFuture
    }

    mutating func insert(_ deadline: MonotonicInstant, _ action: TimerAction) {
        let entry = Entry(deadline: deadline, action: action)
        var hole = entries.count
        entries.append(entry)
        while hole > 0 {
            let parent = (hole - 1) / 4
            if entries[parent].deadline <= deadline { break }
            entries[hole] = entries[parent]
            hole = parent
        }
        entries[hole] = entry
    }

    /// Takes out the earliest timer if its deadline is not after `now`.
    mutating func popDue(now: MonotonicInstant) -> TimerAction? {
        guard let first = entries.first, first.deadline <= now else { return nil }
        let last = entries.removeLast()
        guard !entries.isEmpty else { return first.action }
        var hole = 0
        while true {
            let firstChild = 4 * hole + 1
            guard firstChild < entries.count else { break }
            var smallest = firstChild
            for child in firstChild + 1..<max(firstChild + 1, min(firstChild + 4, entries.count))
            where entries[child].deadline < entries[smallest].deadline {
                smallest = child
            }
            if last.deadline <= entries[smallest].deadline { break }
            entries[hole] = entries[smallest]
            hole = smallest
        }
        entries[hole] = last
        return first.action
    }
}
