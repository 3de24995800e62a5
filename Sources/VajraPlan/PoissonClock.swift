// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// A unit-rate Poisson process: arrival k happens at S(k) = E(0) + … + E(k), each E an exponential of mean 1.
///
/// E(k) depends on seed and k alone. S is a sum in fixed point (64 fractional bits), where addition is exact. So every
/// machine that counts from 0 has the same S(k), whichever arrivals it owns. Stepping over an arrival costs as much as
/// taking it, a few nanoseconds. The logarithm is computed here in plain IEEE operations: the last bit of libm's
/// differs between processors (fused multiply-add) and releases, and Swift never fuses by itself.
@usableFromInline
struct PoissonClock: Sendable {
    private let key: UInt64
    private var counter: UInt64 = 0
    /// S of the arrival that `advance` came to, in 2^-64.
    @usableFromInline private(set) var sum: UInt128 = 0

    @usableFromInline
    init(seed: UInt64) {
        // Without scrambling, the seeds 1, 2, 3 … would give one stream at different offsets.
        key = SplitMix64.scrambled(seed &+ SplitMix64.step)
    }

    /// Moves on to the next arrival; the first call comes to arrival 0.
    @inline(__always) @usableFromInline
    mutating func advance() {
        counter &+= SplitMix64.step
        sum &+= UInt128(UInt64(Self.exponential(SplitMix64.scrambled(key &+ counter)) * 0x1p57)) << 7
    }

    /// −ln(u) for u = bits / 2^64 with 53 significant bits, taking 0 as 1: from 2^-53 to 44.4.
    ///
    /// The leading zeros give u's binary exponent, the rest its mantissa, moved into √½ to √2; there
    /// ln(1 + f) = f − s · (f − R(s²)), s = f / (2 + f), with fdlibm's polynomial R (e_log.c; error below 2^-58).
    @inline(__always)
    static func exponential(_ bits: UInt64) -> Double {
        let zeros = UInt64((bits | 1).leadingZeroBitCount)
        let mantissa = (((bits | 1) << zeros) << 1) >> 12
        // A selection, not a branch: the processor could not predict it.
        let aboveRootTwo: UInt64 = mantissa > 0x6_A09E_667F_3BCC ? 1 : 0
        let f = Double(bitPattern: (1023 &- aboveRootTwo) << 52 | mantissa) - 1
        let s = f / (2 + f)
        let z = s * s
        let w = z * z
        let even = w * (0x1.999999997fa04p-2 + w * (0x1.c71c51d8e78afp-3 + w * 0x1.39a09d078c69fp-3))
        let odd =
            0x1.5555555555593p-1 + w * (0x1.2492494229359p-2 + w * (0x1.7466496cb03dep-3 + w * 0x1.2f112df3e5244p-3))
        let logarithm = f - s * (f - (even + z * odd))
        return Double(zeros &+ 1 &- aboveRootTwo) * 0x1.62e42fefa39efp-1 - logarithm
    }
}
