// SPDX-License-Identifier: Apache-2.0

/// The same numbers for the same seed: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var counter: UInt64

    /// Numbers of the seed.
    package init(seed: UInt64) {
        counter = seed
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        counter &+= 0x9E37_79B9_7F4A_7C15
        var bits = (counter ^ counter >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
