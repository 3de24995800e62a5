// SPDX-License-Identifier: Apache-2.0

import VajraLane
import VajraModel

/// Tells members of their deadlines, with one timer for all: that of the earliest.
///
/// Lane-confined, which is what makes it `Sendable`. As with ``DeadlineQueue``, whoever begins to watch a member holds it
/// until the watch has ended.
final class DeadlineWatch<Member: DeadlineMember>: LaneTimerHandler, @unchecked Sendable {
    private let lane: Lane
    @exclusivity(unchecked) private var queue = DeadlineQueue<Member>()
    @exclusivity(unchecked) private var armedAt = MonotonicInstant.distantFuture

    init(lane: Lane) {
        self.lane = lane
    }

    /// The member whose deadline comes first.
    var first: Member? { queue.first }

    /// Watches a member, which is not watched yet, until ``end(_:)`` or until its deadline has passed.
    func begin(_ member: Member, deadline: MonotonicInstant) {
        queue.append(member, deadline: deadline)
        if deadline < armedAt { arm() }
    }

    /// Watches the member no longer; nothing happens when it is not watched.
    func end(_ member: Member) {
        queue.remove(member)
    }

    func timerFired(now: MonotonicInstant) {
        // A timer that was set before an earlier one is still to come, and finds nothing to do.
        guard now >= armedAt else { return }
        armedAt = .distantFuture
        while let member = queue.popExpired(now: now) { member.expire() }
        arm()
    }

    private func arm() {
        guard let next = queue.first?.deadline, next < armedAt else { return }
        armedAt = next
        lane.schedule(self, at: next)
    }
}
