// SPDX-License-Identifier: Apache-2.0

package import VajraLifecycle
package import VajraModel

/// One iteration in full, for an `iteration` line.
package struct IterationRecord: Sendable {
    /// The iteration's index in its scenario.
    package let index: UInt64
    /// When it was meant to start.
    package let intended: MonotonicInstant
    /// When it started.
    package let started: MonotonicInstant
    /// When it ended.
    package let ended: MonotonicInstant
    package let outcome: Outcome
}

/// Which iterations get a line of their own in the stream.
package enum IterationFilter: String, Sendable, CaseIterable {
    /// No iteration: the stream has snapshots only.
    case none
    case all
    /// One in a hundred, by index, so that every lane and source agrees.
    case sampled
    case failed

    /// Whether this iteration is one of them.
    @inline(__always)
    func includes(index: UInt64, failed: Bool) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .sampled: index % 100 == 0
        case .failed: failed
        }
    }
}
