// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Something with a deadline, linked into at most one ``DeadlineQueue``.
protocol DeadlineMember: AnyObject {
    var deadline: MonotonicInstant { get set }
    var isQueued: Bool { get set }
    var earlier: Unmanaged<Self>? { get set }
    var later: Unmanaged<Self>? { get set }
    /// The deadline has passed: gives up at once.
    func expire()
}

/// Deadlines that are all about the same time ahead: first in, first to expire. Adding and removing is a few stores; a
/// heap would keep an entry for every iteration of the last ten seconds.
///
/// The queue does not keep its members alive, so that linking counts no references. The code that adds a member must
/// hold it until it has been removed.
struct DeadlineQueue<Member: DeadlineMember> {
    private var head: Unmanaged<Member>?
    private var tail: Unmanaged<Member>?

    /// The member that expires first.
    var first: Member? { head?.takeUnretainedValue() }

    /// Adds a member that is in no queue, after all members with an earlier or equal deadline: nearly always at the
    /// end.
    mutating func append(_ member: Member, deadline: MonotonicInstant) {
        precondition(!member.isQueued, "a member was queued twice")
        member.deadline = deadline
        member.isQueued = true
        let link = Unmanaged.passUnretained(member)
        if let tail, tail._withUnsafeGuaranteedRef({ $0.deadline > deadline }) { return insert(link, deadline) }
        member.earlier = tail
        member.later = nil
        if let tail { tail._withUnsafeGuaranteedRef { $0.later = link } } else { head = link }
        tail = link
    }

    @inline(never)
    private mutating func insert(_ link: Unmanaged<Member>, _ deadline: MonotonicInstant) {
        let member = link.takeUnretainedValue()
        var place = tail
        while let candidate = place?.takeUnretainedValue(), candidate.deadline > deadline { place = candidate.earlier }
        let next = place == nil ? head : place?.takeUnretainedValue().later
        member.earlier = place
        member.later = next
        if let place { place.takeUnretainedValue().later = link } else { head = link }
        if let next { next.takeUnretainedValue().earlier = link } else { tail = link }
    }

    /// Removes a member; does nothing when it is in no queue.
    mutating func remove(_ member: Member) {
        guard member.isQueued else { return }
        member.isQueued = false
        let (earlier, later) = (member.earlier, member.later)
        if let earlier { earlier._withUnsafeGuaranteedRef { $0.later = later } } else { head = later }
        if let later { later._withUnsafeGuaranteedRef { $0.earlier = earlier } } else { tail = earlier }
        member.earlier = nil
        member.later = nil
    }

    /// Removes the first member if its deadline has passed.
    mutating func popExpired(now: MonotonicInstant) -> Member? {
        guard let first, first.deadline <= now else { return nil }
        remove(first)
        return first
    }
}
