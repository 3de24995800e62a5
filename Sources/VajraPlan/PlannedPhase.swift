// SPDX-License-Identifier: Apache-2.0

/// One phase on the plan's two axes: integer nanoseconds since the run's start, and cumulative arrivals in integer
/// units.
///
/// A unit is 1/Q of an arrival, Q being `ArrivalPlan.unitsPerIteration`, chosen so that every rate is a whole number of
/// units per nanosecond (at most Q) and every phase ends on a whole unit. Within the phase, with x = t − start,
///
///     A(t) = unitsBefore + from · x + (to − from) · x² / (2 · length)
@usableFromInline
struct PlannedPhase: Equatable, Sendable {
    /// Nanoseconds since the run's start, below 2^55.
    @usableFromInline let start: Int64
    /// Nanoseconds, from 1 to below 2^55.
    @usableFromInline let length: UInt64
    /// Units per nanosecond at the start, at most Q < 2^62.
    @usableFromInline let from: UInt64
    /// Units per nanosecond at the end, at most Q < 2^62.
    @usableFromInline let to: UInt64
    /// A(start), below 2^116.
    @usableFromInline let unitsBefore: UInt128
    /// A(start + length), below 2^116 unless the plan is refused.
    @usableFromInline let unitsAfter: UInt128

    init(start: Int64, length: UInt64, from: UInt64, to: UInt64, unitsBefore: UInt128) {
        self.start = start
        self.length = length
        self.from = from
        self.to = to
        self.unitsBefore = unitsBefore
        // Exact: a ramp's rates are even numbers of units, because Q has an extra factor of 2.
        unitsAfter = unitsBefore + (UInt128(from) + UInt128(to)) * UInt128(length) / 2
    }

    var end: Int64 { start + Int64(length) }

    /// The last instant, rounded down to a nanosecond, at which A is still `units`: from unitsBefore to unitsAfter − 1.
    @usableFromInline
    func start(ofUnits units: UInt128) -> Int64 {
        let distance = units - unitsBefore
        let elapsed = from == to ? Self.floor(distance, over: from) : rampTime(of: distance)
        return start + Int64(elapsed)
    }

    /// A(t) rounded up to a whole unit; t is from `start` to `end`.
    func units(before time: Int64) -> UInt128 {
        let elapsed = UInt64(time - start)
        return unitsBefore + (from == to ? UInt128(from) * UInt128(elapsed) : rampUnits(after: elapsed))
    }

    /// The target rate in units per nanosecond.
    func rate(at time: Int64) -> Double {
        let part = Double(time - start) / Double(length)
        return Double(from) + (Double(to) - Double(from)) * part
    }

    @inline(__always)
    private static func floor(_ distance: UInt128, over rate: UInt64) -> UInt64 {
        // One hardware division, whose quotient fits: within the phase, distance / rate is below its length.
        rate.dividingFullWidth((UInt64(truncatingIfNeeded: distance >> 64), UInt64(truncatingIfNeeded: distance)))
            .quotient
    }
}
