// SPDX-License-Identifier: Apache-2.0

/// Gives the iterations of a share over all epochs of a ``PlanTimeline``, in order. Each epoch has its own
/// ``ArrivalCursor``, which ends where the next epoch begins.
package struct TimelineCursor: Sendable {
    private let timeline: PlanTimeline
    private let share: IterationShare
    private var epoch = 0
    private var cursor: ArrivalCursor

    /// Begins at the share's first iteration.
    package init(_ timeline: PlanTimeline, share: IterationShare) {
        self.timeline = timeline
        self.share = share
        cursor = ArrivalCursor(timeline.epochs[0].plan, share: share)
    }

    /// The next owned iteration and its intended start in ns since the run's start; nil at the end of the last plan.
    package mutating func next() -> (index: UInt64, intendedStart: Int64)? {
        while true {
            let isLast = epoch + 1 == timeline.epochs.count
            let limit = isLast ? .max : timeline.epochs[epoch + 1].firstIndex
            if let due = cursor.next(), due.index < limit {
                return (due.index, timeline.epochs[epoch].start + due.intendedStart)
            }
            if isLast { return nil }
            epoch += 1
            cursor = ArrivalCursor(timeline.epochs[epoch].plan, share: share)
        }
    }
}
