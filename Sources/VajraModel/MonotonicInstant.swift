// SPDX-License-Identifier: Apache-2.0

/// A point on the machine's monotonic clock, in nanoseconds since an unspecified start (Linux: boot).
///
/// Only differences mean anything, and only on the machine that read the clock. Between machines, instants are
/// `_unix_us`.
@frozen
package struct MonotonicInstant: Sendable, Hashable, Comparable {
    /// Nanoseconds since the clock's start.
    package let nanoseconds: Int64

    /// An instant from the clock's raw reading in nanoseconds.
    @inlinable
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Later than any instant that a run can reach: the deadline of what never happens.
    package static let distantFuture = MonotonicInstant(nanoseconds: .max)

    /// Earlier first.
    @inlinable
    package static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The nanoseconds from `earlier` to this instant; negative when `earlier` is in fact later.
    @inlinable
    package func nanoseconds(since earlier: MonotonicInstant) -> Int64 {
        nanoseconds &- earlier.nanoseconds
    }

    /// The instant `delta` nanoseconds after this one, or before it when negative; one beyond the clock's range is
    /// `distantFuture`.
    @inlinable
    package func advanced(byNanoseconds delta: Int64) -> MonotonicInstant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(delta)
        return MonotonicInstant(nanoseconds: overflow ? .max : sum)
    }
}
