// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Something with a deadline, linked into at most one ``DeadlineQueue``.
protocol DeadlineMember: AnyObject {
    var deadline: MonotonicInstant { get set }
    var isQueued: Bool { get set }
    var earlier: Self? { get set }
    var later: Self? { get set }
}

/// Deadlines that are all set about the same time ahead: first in, first to expire. Adding and removing is a few
/// stores, where a heap would keep an entry for every iteration of the last ten seconds.
struct DeadlineQueue<Member: DeadlineMember> {
    private(set) var first: Member?
    private var last: Member?

    /// Adds a member that is in no queue: behind all whose deadline is not after its own, which is nearly always at
    /// the end.
    mutating func append(_ member: Member, deadline: MonotonicInstant) {
        precondition(!member.isQueued, "a member was queued twice")
        member.deadline = deadline
        member.isQueued = true
        var place = last
        while let candidate = place, candidate.deadline > deadline { place = candidate.earlier }
        member.earlier = place
        member.later = place == nil ? first : place?.later
        if let place { place.later = member } else { first = member }
        if let later = member.later { later.earlier = member } else { last = member }
    }

    /// Takes a member out, wherever it stands; nothing happens when it is in no queue.
    mutating func remove(_ member: Member) {
        guard member.isQueued else { return }
        member.isQueued = false
        if let earlier = member.earlier { earlier.later = member.later } else { first = member.later }
        if let later = member.later { later.earlier = member.earlier } else { last = member.earlier }
        member.earlier = nil
        member.later = nil
    }

    /// Takes out the first member if its deadline has passed.
    mutating func popExpired(now: MonotonicInstant) -> Member? {
        guard let first, first.deadline <= now else { return nil }
        remove(first)
        return first
    }
}
