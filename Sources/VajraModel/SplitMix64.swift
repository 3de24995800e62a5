// SPDX-License-Identifier: Apache-2.0

/// The same numbers for the same seed on every machine: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
/// Number Generators, 2014). Number k depends on seed and k alone, so it can be computed without the numbers before it.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    /// The counter's step from number to number: 2^64 over the golden ratio, made odd.
    @inlinable package static var step: UInt64 { 0x9E37_79B9_7F4A_7C15 }

    private var counter: UInt64

    /// Numbers of the seed.
    package init(seed: UInt64) {
        counter = seed
    }

    package mutating func next() -> UInt64 {
        counter &+= Self.step
        return Self.scrambled(counter)
    }

    /// The output function: a bijection of the counter.
    @inlinable @inline(__always)
    package static func scrambled(_ counter: UInt64) -> UInt64 {
        var bits = (counter ^ counter >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
