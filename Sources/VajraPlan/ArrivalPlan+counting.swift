// SPDX-License-Identifier: Apache-2.0

import VajraModel

extension ArrivalPlan {
    /// How many iterations the plan holds.
    ///
    /// Even arrivals: O(1). Poisson: one pass over all arrivals, about 6 ns each (0.6 s for 10^8). So call it once and
    /// off the hot path, or use `expectedTotal`, which is a few square roots off at most.
    package func total() -> UInt64 { count(before: duration.nanoseconds) }

    /// How many iterations have an intended start before an instant (ns since the run's start, any value).
    ///
    /// It is the inverse of `intendedStart(of:)`: iteration k starts before t exactly if k < count(before: t).
    /// Even: O(phases). Poisson: O(count), as for `total()`; for one interval after another use `PlannedCounter`.
    package func count(before time: Int64) -> UInt64 {
        let covered = units(before: time)
        guard covered > unitsAtStart else { return firstIndex }
        switch arrivals {
        case .even:
            return max(firstIndex, iterations(coveredBy: covered))
        case .poisson(let seed):
            return max(firstIndex, count(below: poissonLimit(covered), seed: seed))
        }
    }

    /// How many iterations of a share have an intended start before an instant; costs what `count(before:)` does.
    package func count(before time: Int64, of share: IterationShare) -> UInt64 {
        share.count(below: count(before: time))
    }

    /// When iteration k is meant to start, in ns since the run's start; nil if the plan has no such iteration.
    ///
    /// Even: O(phases). Poisson: O(k), about 6 ns an iteration; to take them in turn use `ArrivalCursor`.
    package func intendedStart(of index: UInt64) -> Int64? {
        guard index >= firstIndex else { return nil }
        let units: UInt128
        switch arrivals {
        case .even:
            units = UInt128(index) * UInt128(unitsPerIteration)
        case .poisson(let seed):
            guard let sum = sum(at: index, seed: seed) else { return nil }
            units = poissonUnits(sum)
        }
        let passed = max(units, unitsAtStart)
        guard passed < unitsAtEnd else { return nil }
        return phases[phaseIndex(passing: passed)].start(ofUnits: passed)
    }

    /// ⌈A(t)⌉: the units that the cumulative curve has covered before an instant, 0 before the plan and all after it.
    func units(before time: Int64) -> UInt128 {
        guard let phase = phases.last(where: { $0.start <= time }) else { return 0 }
        return phase.units(before: min(time, phase.end))
    }

    /// ⌊S · Q⌋ for a sum in 2^-64 arrivals: where a Poisson arrival lies on the plan's axis of units.
    @usableFromInline
    func poissonUnits(_ sum: UInt128) -> UInt128 {
        let fraction = UInt64(truncatingIfNeeded: sum).multipliedFullWidth(by: unitsPerIteration).high
        return (sum >> 64) &* UInt128(unitsPerIteration) &+ UInt128(fraction)
    }

    /// The least sum S with poissonUnits(S) ≥ units, so that walking needs no multiplication: S ≥ ⌈units · 2^64 / Q⌉.
    @usableFromInline
    func poissonLimit(_ units: UInt128) -> UInt128 {
        let (whole, rest) = units.quotientAndRemainder(dividingBy: UInt128(unitsPerIteration))
        let fraction = unitsPerIteration.dividingFullWidth((UInt64(rest), 0))
        return (whole << 64) + UInt128(fraction.quotient) + (fraction.remainder > 0 ? 1 : 0)
    }

    private func count(below limit: UInt128, seed: UInt64) -> UInt64 {
        var clock = PoissonClock(seed: seed)
        var count: UInt64 = 0
        clock.advance()
        while clock.sum < limit {
            clock.advance()
            count += 1
        }
        return count
    }

    private func sum(at index: UInt64, seed: UInt64) -> UInt128? {
        let limit = poissonLimit(unitsAtEnd)
        var clock = PoissonClock(seed: seed)
        clock.advance()
        var count: UInt64 = 0
        // The limit also ends the walk to an index beyond the plan.
        while count < index, clock.sum < limit {
            clock.advance()
            count += 1
        }
        return clock.sum < limit ? clock.sum : nil
    }
}
