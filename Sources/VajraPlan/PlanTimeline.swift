// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// A plan that can change its course. It consists of epochs; each plans until the next one begins.
///
///     epoch 0: 100/s              epoch 1: 20/s          epoch 2: a ramp
///     ├──────────────────────────┼──────────────────────┼───────────────▶ run time
///     k = 0 …              249     250 …         289      290 …
///
/// The cumulative count N goes on from epoch to epoch, including the fraction of the next arrival. So no index is
/// missing or comes twice, and a thousand changes to the same rate change nothing. As with a plan, everything is a pure
/// function of time or index: processes that know the same epochs agree without talking to each other.
package struct PlanTimeline: Sendable, Equatable {
    /// One stretch of the course.
    package struct Epoch: Sendable, Equatable {
        /// When it begins, in ns since the run's start.
        package let start: Int64
        /// What is planned from then on; its instant 0 is ``start``, and its indices are those of the run.
        package let plan: ArrivalPlan
        /// The index of its first iteration.
        package let firstIndex: UInt64
    }

    /// The epochs in their order; at least one.
    package private(set) var epochs: [Epoch]

    /// A course of one plan, from the run's start on.
    package init(_ plan: ArrivalPlan) {
        epochs = [Epoch(start: 0, plan: plan, firstIndex: 0)]
    }

    /// Goes on with other phases from an instant on; they replace what was planned after it.
    ///
    /// - Parameter instant: In ns since the run's start; not before the start of the epoch that was begun last.
    /// - Throws: ``PlanError/changeInThePast`` for an earlier instant, and what makes the phases impossible to plan
    ///   exactly.
    package mutating func change(at instant: Int64, to phases: [LoadPhase]) throws(PlanError) {
        guard let last = epochs.last, instant >= last.start else { throw .changeInThePast }
        let plan = try ArrivalPlan(phases: phases, continuing: last.plan, at: instant - last.start)
        if instant == last.start, epochs.count > 1 { epochs.removeLast() }
        epochs.append(Epoch(start: instant, plan: plan, firstIndex: plan.count(before: 0)))
    }

    /// How many iterations are meant to start before the instant, in ns since the run's start.
    package func count(before instant: Int64) -> UInt64 {
        guard let epoch = epochs.last(where: { $0.start < instant }) else { return 0 }
        return epoch.plan.count(before: instant - epoch.start)
    }

    /// When the iteration is meant to start, in ns since the run's start; nil for one beyond the end.
    package func intendedStart(of index: UInt64) -> Int64? {
        // Several epochs may have the same first index; all but the last of them are empty.
        guard let epoch = epochs.last(where: { $0.firstIndex <= index }) else { return nil }
        return epoch.plan.intendedStart(of: index).map { epoch.start + $0 }
    }

    /// The target rate in iterations per second at an instant, in ns since the run's start; 0 outside of the plans.
    package func rate(at instant: Int64) -> Double {
        guard let epoch = epochs.last(where: { $0.start <= instant }) else { return 0 }
        return epoch.plan.rate(at: instant - epoch.start)
    }

    /// When the last plan ends, in ns since the run's start.
    package var end: Int64 { epochs.last.map { $0.start + $0.plan.duration.nanoseconds } ?? 0 }

    /// How many iterations there are in all.
    package func total() -> UInt64 { count(before: end) }
}
