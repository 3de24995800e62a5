// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Random bits of an iteration: a pure function of seed, scenario, name and index. So iteration k sends the same
/// request on every lane and source.
///
/// `bits(k)` is ``SplitMix64`` at step k + 1 from the stream's key. Each step is a bijection, so no two iterations of a
/// stream have the same 64 bits.
package struct RandomStream: Sendable {
    private let key: UInt64

    /// The stream of that name.
    package init(seed: UInt64, scenario: String, name: String) {
        let base = SplitMix64.scrambled(seed &+ SplitMix64.step) ^ Self.digest(scenario)
        key = SplitMix64.scrambled(SplitMix64.scrambled(base) ^ Self.digest(name))
    }

    /// The 64 bits of the iteration.
    @inline(__always)
    package func bits(_ index: UInt64) -> UInt64 {
        SplitMix64.scrambled(key &+ (index &+ 1) &* SplitMix64.step)
    }

    /// A whole number from 0 to `count` − 1, each equally likely up to `count` / 2^64. A `count` of 0 gives any 64
    /// bits.
    @inline(__always)
    package func number(_ index: UInt64, below count: UInt64) -> UInt64 {
        count == 0 ? bits(index) : bits(index).multipliedFullWidth(by: count).high
    }

    /// FNV-1a, 64 bits (draft-eastlake-fnv): the name's share of the key.
    private static func digest(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
