// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Random bits of an iteration: a pure function of seed, scenario, name and index, so that whoever owns iteration k, on any
/// lane of any source, sends the same request for it.
///
/// `bits(k)` is ``SplitMix64`` at its step k + 1 from a key of the stream's own. Within one stream no two iterations have the same 64 bits, for each step is a bijection.
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

    /// A whole number from 0 to `count` − 1, each as likely as another but for `count` / 2^64; any 64 bits for 0.
    @inline(__always)
    package func number(_ index: UInt64, below count: UInt64) -> UInt64 {
        count == 0 ? bits(index) : bits(index).multipliedFullWidth(by: count).high
    }

    /// FNV-1a, 64 bits (draft-eastlake-fnv): the name's share of the key.
    private static func digest(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
