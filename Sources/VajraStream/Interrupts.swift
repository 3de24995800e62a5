// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// What SIGINT and SIGTERM mean to a filter. The generator gets them too, and still has lines to write. So the first
/// signal changes nothing; after the second, reading ends soon; after the third, at once.
package struct Interrupts: Sendable {
    /// How long a filter goes on reading after the second signal: 2 s, in nanoseconds. The generator's last lines take
    /// 100 ms, but longer on a busy machine.
    package static let patience: Int64 = 2_000_000_000

    /// The first signal; nil before it.
    package private(set) var first: Int32?

    /// When to stop reading.
    package private(set) var end = MonotonicInstant.distantFuture

    private var count = 0

    package init() {}

    /// Takes a signal. True for the second: what is in memory should then be written at once.
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
