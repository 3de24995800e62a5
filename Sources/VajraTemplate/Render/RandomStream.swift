// SPDX-License-Identifier: Apache-2.0

/// Random bits of an iteration: a pure function of seed, scenario, name and index, so that whoever owns iteration k, on any
/// lane of any worker, sends the same request for it.
///
/// `bits(k)` is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014) at its step k + 1 from a
/// key of the stream's own. Within one stream no two iterations have the same 64 bits, for each step is a bijection.
package struct RandomStream: Sendable {
    private let key: UInt64

    /// The stream of that name.
    package init(seed: UInt64, scenario: String, name: String) {
        let base = Self.scrambled(seed &+ Self.golden) ^ Self.digest(scenario)
        key = Self.scrambled(Self.scrambled(base) ^ Self.digest(name))
    }

    /// The 64 bits of the iteration.
    @inline(__always)
    package func bits(_ index: UInt64) -> UInt64 {
        Self.scrambled(key &+ (index &+ 1) &* Self.golden)
    }

    /// A whole number from 0 to `count` − 1, each as likely as another but for `count` / 2^64; any 64 bits for 0.
    @inline(__always)
    package func number(_ index: UInt64, below count: UInt64) -> UInt64 {
        count == 0 ? bits(index) : bits(index).multipliedFullWidth(by: count).high
    }

    private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    private static func scrambled(_ counter: UInt64) -> UInt64 {
        var bits = (counter ^ counter >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    /// FNV-1a, 64 bits (draft-eastlake-fnv): the name's share of the key.
    private static func digest(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
