// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// What SIGINT and SIGTERM mean to a filter, whose generator gets them too and has the last word: the first one changes
/// nothing, after the second one the reading ends soon, after the third one at once.
package struct Interrupts: Sendable {
    /// How long a filter goes on reading after the second one: 2 s, in nanoseconds. The generator's last words take 100 ms,
    /// but on a crowded machine they may be long on their way.
    package static let patience: Int64 = 2_000_000_000

    /// The first one; nil as long as none has come.
    package private(set) var first: Int32?

    /// When to stop reading.
    package private(set) var end = MonotonicInstant.distantFuture

    private var count = 0

    /// None has come.
    package init() {}

    /// Takes one that has come; says whether it is the second, after which what is in memory should not wait any longer.
    package mutating func take(_ signal: Int32, at now: MonotonicInstant) -> Bool {
        count += 1
        first = first ?? signal
        switch count {
        case 1: break
        case 2: end = now.advanced(byNanoseconds: Interrupts.patience)
        default: end = min(end, now)
        }
        return count == 2
    }
}
