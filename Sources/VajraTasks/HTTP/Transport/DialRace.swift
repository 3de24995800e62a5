// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Decides which of a target's addresses is tried when (RFC 8305, Happy Eyeballs). Pure.
///
/// The first address has a head start of 250 ms; then the next one is tried beside it, and so on. When an attempt
/// fails, the next one begins at once. The first that is ready wins. If the time is too short for all head starts, each
/// address has an equal share of it, so that all of them are tried before the deadline.
struct DialRace: Sendable {
    /// The head start of an address over the next: RFC 8305's Connection Attempt Delay, in nanoseconds.
    static let headStart: Int64 = 250_000_000

    enum Step: Sendable, Equatable {
        /// Try the address with this index, and ask again at the instant, if there is one.
        case begin(Int, thenAt: MonotonicInstant?)
        /// Wait: something is under way.
        case wait
        /// Every attempt has failed.
        case lost
    }

    private let order: [Int]
    private let deadline: MonotonicInstant
    private var begun = 0
    private var running = 0
    private var nextAt: MonotonicInstant?

    /// A race of the addresses with these indices, best first.
    init(_ order: [Int], until deadline: MonotonicInstant) {
        self.order = order
        self.deadline = deadline
    }

    /// The race begins.
    mutating func start(at now: MonotonicInstant) -> Step { begin(now) }

    /// An attempt has failed.
    mutating func failed(at now: MonotonicInstant) -> Step {
        running -= 1
        if begun < order.count, now < deadline { return begin(now) }
        return running == 0 ? .lost : .wait
    }

    /// The requested instant has come. A timer of an earlier request changes nothing.
    mutating func timerFired(at now: MonotonicInstant) -> Step {
        guard let nextAt, now >= nextAt, begun < order.count, now < deadline else { return .wait }
        return begin(now)
    }

    private mutating func begin(_ now: MonotonicInstant) -> Step {
        guard begun < order.count else { return .lost }
        let index = order[begun]
        begun += 1
        running += 1
        let left = Int64(order.count - begun)
        let share = max(0, deadline.nanoseconds(since: now)) / (left + 1)
        nextAt = left > 0 ? now.advanced(byNanoseconds: min(DialRace.headStart, share)) : nil
        return .begin(index, thenAt: nextAt)
    }
}
