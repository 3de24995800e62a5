// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// A closed-model load: a number of users, each of which starts an iteration after its last one ended. Time, a number
/// of iterations, or both end it.
package struct ClosedPlan: Hashable, Sendable {
    /// The most iterations at a time.
    package static let mostConcurrency = 10_000_000

    /// How many iterations run at a time, from 0 (only in a share) to `mostConcurrency`.
    package let concurrency: Int
    /// How long a slot waits between a completion and its next start.
    package let thinkTime: TimeSpan
    /// When starts end, counted from the run's start; nil if only `iterations` end it.
    package let duration: TimeSpan?
    /// How many iterations start in all; nil if only `duration` ends it.
    package let iterations: UInt64?

    /// Describes the whole run's load; throws `concurrencyOutOfRange`, or `endless` with neither limit above zero.
    package init(
        concurrency: Int, thinkTime: TimeSpan = .zero, duration: TimeSpan?, iterations: UInt64?
    ) throws(PlanError) {
        guard concurrency >= 1, concurrency <= Self.mostConcurrency else {
            throw .concurrencyOutOfRange(concurrency)
        }
        guard (duration ?? .zero) > .zero || (iterations ?? 0) > 0 else { throw .endless }
        self.init(checked: concurrency, thinkTime, duration, iterations)
    }

    /// What one of n owners runs: slot s belongs to owner s mod n, iteration i to slot i mod concurrency.
    ///
    /// So owner j has ⌊(concurrency + n − 1 − j) / n⌋ slots, and the shares add up to the whole. Every slot has an even
    /// part of the iterations, and an owner without a slot has no iterations.
    package func share(of owner: IterationShare) -> ClosedPlan {
        let slots = owner.count(below: UInt64(concurrency))
        let part = iterations.map { all in
            let (each, rest) = all.quotientAndRemainder(dividingBy: UInt64(concurrency))
            return each * slots + owner.count(below: rest)
        }
        return ClosedPlan(checked: Int(slots), thinkTime, duration, part)
    }

    private init(checked concurrency: Int, _ thinkTime: TimeSpan, _ duration: TimeSpan?, _ iterations: UInt64?) {
        self.concurrency = concurrency
        self.thinkTime = thinkTime
        self.duration = duration
        self.iterations = iterations
    }
}
