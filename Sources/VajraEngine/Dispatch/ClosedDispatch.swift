// SPDX-License-Identifier: Apache-2.0

/// The closed model's decisions for one lane: who may start another iteration, and which one it is. Pure.
package struct ClosedDispatch: Sendable {
    /// How many users this lane has.
    package let concurrency: Int
    /// The pause of a user between two iterations, in nanoseconds.
    package let thinkTime: Int64
    /// When the plan begins, in nanoseconds since the run's start.
    package let begin: Int64
    /// When the plan ends, in nanoseconds since the run's start: no iteration starts then or later.
    package let end: Int64

    private let offset: UInt64
    private let stride: UInt64
    private let allUsers: UInt64
    private var dealt: UInt64 = 0
    private var remaining: UInt64
    private var hasBegun = false

    /// Users that have not ended.
    package private(set) var active: Int

    /// - Parameters:
    ///   - begin: When users come, in nanoseconds since the run's start.
    ///   - end: When they stop starting iterations.
    ///   - limit: How many iterations this lane may start in all.
    ///   - offset: The first user of the whole run that this lane owns.
    ///   - stride: The distance to the next.
    ///   - allUsers: How many users the run has on all lanes and sources. Iteration i belongs to user i mod `allUsers`,
    ///     so that the indices of all lanes together have no holes.
    package init(
        concurrency: Int, thinkTime: Int64, begin: Int64 = 0, end: Int64, limit: UInt64 = .max, offset: UInt64,
        stride: UInt64, allUsers: UInt64
    ) {
        self.concurrency = concurrency
        self.thinkTime = thinkTime
        self.begin = begin
        self.end = end
        self.offset = offset
        self.stride = stride
        self.allUsers = allUsers
        active = concurrency
        remaining = limit
    }

    /// The plan begins. Returns how many users come: none once the plan has been stopped.
    package mutating func beginUsers() -> Int {
        hasBegun = true
        return active
    }

    /// The next iteration of any user; its intended start is now. Nil when the plan has ended.
    package mutating func start(now: Int64) -> PlannedIteration? {
        guard now < end, remaining > 0 else { return nil }
        remaining -= 1
        let (round, user) = dealt.quotientAndRemainder(dividingBy: UInt64(max(1, concurrency)))
        dealt += 1
        return PlannedIteration(index: round &* allUsers &+ offset &+ user &* stride, intendedStart: now)
    }

    /// A user has ended, after `start` gave it nothing.
    package mutating func leave() {
        precondition(active > 0, "a user left twice")
        active -= 1
    }

    /// Whether no further iteration may start at `now`.
    package func isEnded(now: Int64) -> Bool {
        now >= end || remaining == 0 || active == 0
    }

    /// Ends the plan now; users who have not come yet never will.
    package mutating func stop() {
        remaining = 0
        if !hasBegun { active = 0 }
    }
}
