// SPDX-License-Identifier: Apache-2.0

import VajraLane
import VajraModel

/// Tells members when their deadlines pass, with one timer for the earliest.
///
/// `Sendable` because only the lane's thread uses it. As with ``DeadlineQueue``, the code that begins a watch must hold
/// the member until the watch has ended.
final class DeadlineWatch<Member: DeadlineMember>: LaneTimerHandler, @unchecked Sendable {
    private let lane: Lane
    @exclusivity(unchecked) private var queue = DeadlineQueue<Member>()
    @exclusivity(unchecked) private var armedAt = MonotonicInstant.distantFuture

    init(lane: Lane) {
        self.lane = lane
    }

    /// The member whose deadline comes first.
    var first: Member? { queue.first }

    /// Watches a member that is not watched yet, until ``end(_:)`` or its deadline.
    func begin(_ member: Member, deadline: MonotonicInstant) {
        queue.append(member, deadline: deadline)
        if deadline < armedAt { arm() }
    }

    /// Stops watching the member; does nothing when it is not watched.
    func end(_ member: Member) {
        queue.remove(member)
    }

    func timerFired(now: MonotonicInstant) {
        // This timer was replaced by an earlier one, so it has nothing to do.
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
