// SPDX-License-Identifier: Apache-2.0

// Links libm: `squareRoot()` may call it.
import Glibc

// A ramp's arrivals are quadratic in time. With length D, change c = |to − from| and x nanoseconds since its start,
//
//     2D · arrivals(x) = x · (2D · from ± c · x)
//
// This is an integer below 2^173, so "have M units arrived by x?" has an exact answer, and the solution in doubles only
// has to come near it. Where the rate falls, the usual solution for x subtracts nearly equal numbers. Measured from the
// slower end, all terms are positive and nothing cancels, for rising and falling ramps (Numerical Recipes, 5.6):
//
//     x = 2M / (slow + √(slow² + 2cM/D))
//
// Its error is about 2^-52 of x: nothing to correct up to hours, and at most a few tens of steps for a year.

extension PlannedPhase {
    /// The largest whole x below `length` with arrivals(x) ≤ `distance`, which is below unitsAfter − unitsBefore.
    @usableFromInline
    func rampTime(of distance: UInt128) -> UInt64 {
        let limit = WideProduct(distance, 2 &* length)
        let linear = UInt128(2 &* length) &* UInt128(from)
        var time = min(estimatedRampTime(of: distance), length &- 1)
        // arrivals(0) = 0 ends this loop.
        while !(scaledArrivals(time, linear) <= limit) { time &-= 1 }
        while time &+ 1 < length, scaledArrivals(time &+ 1, linear) <= limit { time &+= 1 }
        return time
    }

    /// The units that have arrived x nanoseconds into the ramp, rounded up.
    func rampUnits(after elapsed: UInt64) -> UInt128 {
        scaledArrivals(elapsed, UInt128(2 * length) * UInt128(from)).dividedRoundingUp(by: 2 * length)
    }

    @inline(__always)
    private func scaledArrivals(_ time: UInt64, _ linear: UInt128) -> WideProduct {
        let slope =
            to > from
            ? linear &+ UInt128(to &- from) &* UInt128(time)
            : linear &- UInt128(from &- to) &* UInt128(time)
        return WideProduct(slope, time)
    }

    @inline(__always)
    private func estimatedRampTime(of distance: UInt128) -> UInt64 {
        let rises = to > from
        let (slow, fast) = rises ? (Double(from), Double(to)) : (Double(to), Double(from))
        let units = rises ? distance : unitsAfter - unitsBefore - distance
        let (high, low) = (UInt64(truncatingIfNeeded: units >> 64), UInt64(truncatingIfNeeded: units))
        let amount = Double(high) * 0x1p64 + Double(low)
        guard amount > 0 else { return 0 }
        let root = (slow * slow + 2 * (fast - slow) / Double(length) * amount).squareRoot()
        let reach = min(2 * amount / (slow + root), Double(length))
        // A long length, as a double, may round up past itself.
        return rises ? UInt64(reach) : length - min(length, UInt64(reach))
    }
}
