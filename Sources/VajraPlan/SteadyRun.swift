// SPDX-License-Identifier: Apache-2.0

/// The owned arrivals still to come in a phase of constant rate, each found from the one before by adding.
///
/// `time` is ⌊units / rate⌋ and `remainder` units mod rate, always; see `ArrivalCursor` for why that is exact.
@usableFromInline
struct SteadyRun: Sendable {
    /// How many are still to come.
    @usableFromInline var left: UInt64 = 0
    @usableFromInline var time: Int64 = 0
    @usableFromInline var remainder: UInt64 = 0
    @usableFromInline var rate: UInt64 = 1
    @usableFromInline var stepTime: Int64 = 0
    @usableFromInline var stepRemainder: UInt64 = 0

    @usableFromInline
    init() {}

    /// Those of the phase after iteration `index`, which lies at `units` on the plan's axis.
    init(after index: UInt64, at units: UInt128, stride: UInt64, in phase: PlannedPhase, unitsPerIteration: UInt64) {
        let step = UInt128(stride) * UInt128(unitsPerIteration)
        left = UInt64((phase.unitsAfter - units - 1) / step)
        // With none left nothing needs the step, and it may not fit 64 bits.
        guard left > 0 else { return }
        rate = phase.from
        let divisor = UInt128(rate)
        let first = (units - phase.unitsBefore + step).quotientAndRemainder(dividingBy: divisor)
        let each = step.quotientAndRemainder(dividingBy: divisor)
        time = phase.start + Int64(first.quotient)
        remainder = UInt64(first.remainder)
        stepTime = Int64(each.quotient)
        stepRemainder = UInt64(each.remainder)
    }

    /// The start of the next one; there must be one left.
    @inlinable @inline(__always)
    mutating func take() -> Int64 {
        let start = time
        left &-= 1
        remainder &+= stepRemainder
        time &+= stepTime
        // Both are below the rate, which is at most 2^62, so the sum neither overflows nor carries twice.
        if remainder >= rate {
            remainder &-= rate
            time &+= 1
        }
        return start
    }
}
