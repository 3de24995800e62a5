// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Gives a lane the iterations of its share in order, each with its intended start. It never allocates.
///
/// Its starts equal `ArrivalPlan.intendedStart(of:)` for every owned index. At a constant rate r (units per ns) with a
/// stride of s iterations, consecutive starts differ by s · Q / r ns. The cursor keeps this as quotient and remainder.
/// It adds the remainder and carries when the sum reaches r. This is long division: it loses nothing, and costs two
/// additions.
package struct ArrivalCursor: Sendable {
    private let plan: ArrivalPlan
    @usableFromInline let stride: UInt64
    /// The next index that is owned, planned or not.
    @usableFromInline var index: UInt64
    @usableFromInline var steady = SteadyRun()
    private var phase = 0
    private var poisson: PoissonWalk?

    /// Begins at the share's first iteration with an intended start at or after `time` (ns since the run's start).
    ///
    /// A `time` after the plan's start takes over a share in the middle, such as that of a lost source. With Poisson
    /// arrivals this costs about 12 ns for each arrival that is passed over.
    package init(_ plan: ArrivalPlan, share: IterationShare, from time: Int64 = 0) {
        self.plan = plan
        stride = share.stride
        if case .poisson(let seed) = plan.arrivals {
            poisson = PoissonWalk(seed: seed, limit: plan.poissonLimit(plan.unitsAtEnd))
        }
        index = share.first(from: plan.count(before: max(0, time)))
    }

    /// The next owned iteration and its intended start in ns since the run's start; nil, for good, at the plan's end.
    @inlinable
    package mutating func next() -> (index: UInt64, intendedStart: Int64)? {
        guard steady.left > 0 else { return nextElsewhere() }
        let due = index
        index &+= stride
        return (due, steady.take())
    }

    /// Poisson arrivals, ramps, and the way from one phase into the next.
    @usableFromInline
    mutating func nextElsewhere() -> (index: UInt64, intendedStart: Int64)? {
        guard let units = unitsOfNext() else { return nil }
        let passed = max(units, plan.unitsAtStart)
        guard passed < plan.unitsAtEnd else { return nil }
        phase = plan.phaseIndex(passing: passed, from: phase)
        let due = index
        let current = plan.phases[phase]
        let start = current.start(ofUnits: passed)
        index &+= stride
        if poisson == nil, current.from == current.to, units == passed {
            steady = SteadyRun(
                after: due, at: units, stride: stride, in: current, unitsPerIteration: plan.unitsPerIteration)
        }
        return (due, start)
    }

    private mutating func unitsOfNext() -> UInt128? {
        guard poisson != nil else {
            let units = UInt128(index) * UInt128(plan.unitsPerIteration)
            return units < plan.unitsAtEnd ? units : nil
        }
        return poisson!.walk(to: index).map(plan.poissonUnits)
    }
}

/// A Poisson clock that knows which arrival it is at and stops at the plan's end.
private struct PoissonWalk: Sendable {
    private var clock: PoissonClock
    private var arrivals: UInt64 = 0
    private let limit: UInt128

    init(seed: UInt64, limit: UInt128) {
        clock = PoissonClock(seed: seed)
        self.limit = limit
    }

    /// S(index), or nil if that is not below the limit; indices must rise from call to call.
    mutating func walk(to index: UInt64) -> UInt128? {
        while arrivals <= index, clock.sum < limit {
            clock.advance()
            arrivals &+= 1
        }
        return clock.sum < limit ? clock.sum : nil
    }
}
