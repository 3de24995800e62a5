// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// When each iteration of an open-model scenario is meant to start: a pure function of its index.
///
/// N(t) is the cumulative number of planned arrivals: the integral of the target rate over all phases. It is exact and
/// continuous, so a fraction of an arrival that is left at the end of a phase counts in the next. Iteration k starts
/// when N(t) begins to pass k:
///
///     intendedStart(k) = ⌊ inf { t : N(t) > k } ⌋ ns       count(before: t) = ⌈ N(t) ⌉       total = ⌈ N(end) ⌉
///
/// The first iteration starts with the first phase that has a rate. An iteration that is due on the boundary of two
/// phases, or in a pause, belongs to the next phase with a rate. One that is due exactly at the plan's end belongs to
/// no phase, and is not planned. For `10/s for 1s`, `pause 1s`, `ramp 0/s to 5/s for 2s`, `2.5/s for 1s`:
///
/// | k | 0 | 1 | 9 | 10 | 11 | 14 | 15 | 16 | 17 | – |
/// |---|---|---|---|---|---|---|---|---|---|---|
/// | intended start, s | 0 | 0.1 | 0.9 | 2.0 | 2.894 427 190 | 3.788 854 381 | 4.0 | 4.4 | 4.8 | total 18 |
///
/// All of it is integer arithmetic in units of 1/Q arrival (see `PlannedPhase`). Only the last floor rounds.
///
/// With Poisson arrivals, the k-th point S(k) of a unit-rate Poisson process replaces k (time rescaling: Daley and
/// Vere-Jones, An Introduction to the Theory of Point Processes, 7.4). Their total is random, but one seed gives the
/// same total everywhere. A total fixed at N(end) would make a binomial process, and its counts vary too little over
/// long intervals.
package struct ArrivalPlan: Equatable, Sendable {
    /// The most arrivals that a plan may have (for Poisson, may expect): indices stay exact in a JSON number.
    package static let mostArrivals: UInt64 = 1 << 53
    /// The longest that a plan may last: 365 days.
    package static let longestDuration: TimeSpan = .seconds(365 * 86_400)

    /// How arrivals are spread around the rate.
    package let arrivals: ArrivalProcess
    /// Q: how many units make one arrival; even, from 2 to 2^62.
    @usableFromInline let unitsPerIteration: UInt64
    @usableFromInline let phases: [PlannedPhase]
    /// The index of its first iteration: 0, unless the plan takes over from another.
    package let firstIndex: UInt64

    /// Lays the phases end to end from instant 0; throws what makes them impossible to plan exactly.
    package init(phases: [LoadPhase], arrivals: ArrivalProcess) throws(PlanError) {
        try self.init(phases: phases, arrivals: arrivals, after: nil)
    }

    /// A plan that takes over from another plan at an instant of that plan. Its N(0) is the other's N(instant), the
    /// fraction of an arrival included, so indices go on without a gap. Instant 0 is the instant of the change.
    init(phases: [LoadPhase], continuing plan: ArrivalPlan, at instant: Int64) throws(PlanError) {
        try self.init(
            phases: phases, arrivals: plan.arrivals,
            after: (plan.units(before: instant), plan.unitsPerIteration, plan.count(before: instant)))
    }

    private init(
        phases: [LoadPhase], arrivals: ArrivalProcess,
        after covered: (units: UInt128, perIteration: UInt64, iterations: UInt64)?
    ) throws(PlanError) {
        guard !phases.isEmpty else { throw .noPhases }
        let units = try Self.commonUnits(phases)
        var planned: [PlannedPhase] = []
        planned.reserveCapacity(phases.count)
        var (start, before) = (Int64(0), covered.map { Self.units($0.units, of: $0.perIteration, in: units) } ?? 0)
        for (index, phase) in phases.enumerated() {
            guard phase.length > .zero else { throw .zeroLengthPhase(index) }
            guard phase.length.nanoseconds <= Self.longestDuration.nanoseconds - start else {
                throw .tooLong(phase: index)
            }
            let next = PlannedPhase(
                start: start, length: UInt64(phase.length.nanoseconds),
                from: phase.firstRate.units(units), to: phase.lastRate.units(units), unitsBefore: before)
            (start, before) = (next.end, next.unitsAfter)
            guard before <= UInt128(Self.mostArrivals) * UInt128(units) else { throw .tooManyArrivals(phase: index) }
            planned.append(next)
        }
        self.arrivals = arrivals
        unitsPerIteration = units
        self.phases = planned
        firstIndex = covered?.iterations ?? 0
    }

    /// How long the plan lasts, pauses included.
    package var duration: TimeSpan { TimeSpan(nanoseconds: phases.last?.end ?? 0) }

    /// ⌈N(end)⌉: the total of even arrivals, and within 1 of the mean total of Poisson ones. O(1).
    package var expectedTotal: UInt64 { iterations(coveredBy: unitsAtEnd) }

    /// The target rate in iterations per second at an instant (ns since the run's start); 0 outside the plan.
    ///
    /// A boundary belongs to the later phase. Poisson arrivals vary around this rate.
    package func rate(at time: Int64) -> Double {
        guard let phase = phases.last(where: { $0.start <= time }), time < phase.end else { return 0 }
        return phase.rate(at: time) / Double(unitsPerIteration) * 1e9
    }

    @usableFromInline var unitsAtEnd: UInt128 { phases.last?.unitsAfter ?? 0 }

    /// The phase in which the cumulative units pass `units`, which is below `unitsAtEnd`.
    @usableFromInline
    func phaseIndex(passing units: UInt128, from first: Int = 0) -> Int {
        var index = first
        while phases[index].unitsAfter <= units { index += 1 }
        return index
    }

    /// ⌈units / Q⌉: how many whole indices k have k · Q < units.
    @usableFromInline
    func iterations(coveredBy units: UInt128) -> UInt64 {
        let quantum = UInt128(unitsPerIteration)
        return UInt64((units + (quantum - 1)) / quantum)
    }

    /// The units that were covered when the plan began. Rounding to a unit can put an iteration just below this number
    /// although it has not started; it then starts at once.
    @usableFromInline var unitsAtStart: UInt128 { phases.first?.unitsBefore ?? 0 }

    /// Units of one size in units of another, rounded up: then as many whole arrivals are covered by either.
    private static func units(_ covered: UInt128, of from: UInt64, in to: UInt64) -> UInt128 {
        let (whole, rest) = covered.quotientAndRemainder(dividingBy: UInt128(from))
        return whole * UInt128(to) + (rest * UInt128(to) + UInt128(from) - 1) / UInt128(from)
    }

    /// Twice the least common multiple of the rates' periods: the factor 2 is for a ramp's triangle.
    private static func commonUnits(_ phases: [LoadPhase]) throws(PlanError) -> UInt64 {
        var common: UInt128 = 1
        for (index, phase) in phases.enumerated() {
            for rate in [phase.firstRate, phase.lastRate] {
                let period = UInt128(rate.period.nanoseconds)
                var (divisor, rest) = (common, period)
                while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
                common *= period / divisor
                guard common <= 1 << 61 else { throw .ratesTooFine(phase: index) }
            }
        }
        return UInt64(common) * 2
    }
}

extension ArrivalRate {
    /// This rate in units per nanosecond, where `perIteration` units are one iteration: exact, as its period divides
    /// them.
    fileprivate func units(_ perIteration: UInt64) -> UInt64 {
        UInt64(iterations) * (perIteration / UInt64(period.nanoseconds))
    }
}
