// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Counts how many iterations of a share were planned, for one snapshot interval after another.
///
/// Even arrivals cost O(phases) a call. For Poisson arrivals all calls together walk the whole plan once, at about 6 ns
/// an arrival.
package struct PlannedCounter: Sendable {
    private let plan: ArrivalPlan
    private let share: IterationShare
    private var clock: PoissonClock?
    private var walked: UInt64 = 0

    /// Counts from the run's start.
    package init(_ plan: ArrivalPlan, share: IterationShare) {
        self.plan = plan
        self.share = share
        if case .poisson(let seed) = plan.arrivals {
            clock = PoissonClock(seed: seed)
            clock?.advance()
        }
    }

    /// How many owned iterations have an intended start before an instant (ns since the run's start).
    ///
    /// Instants must not go back: an instant before that of an earlier call gives the earlier call's count.
    package mutating func count(before time: Int64) -> UInt64 {
        if var clock {
            let limit = plan.poissonLimit(plan.units(before: time))
            while clock.sum < limit {
                clock.advance()
                walked += 1
            }
            self.clock = clock
        } else {
            walked = max(walked, plan.count(before: time))
        }
        return share.count(below: walked)
    }
}
