// SPDX-License-Identifier: Apache-2.0

import Glibc
package import VajraModel

/// The machine's clocks, read through the vDSO (about 24 ns a reading).
package enum Clock {
    /// The monotonic clock: nobody can set it, and it does not jump.
    package static func now() -> MonotonicInstant {
        MonotonicInstant(nanoseconds: read(CLOCK_MONOTONIC))
    }

    /// Microseconds since the Unix epoch, UTC.
    package static func unixMicroseconds() -> Int64 {
        read(CLOCK_REALTIME) / 1000
    }

    /// CPU time of the calling thread so far, in nanoseconds.
    package static func threadCPU() -> Int64 {
        read(CLOCK_THREAD_CPUTIME_ID)
    }

    /// CPU time of this process so far, all threads, in nanoseconds.
    package static func processCPU() -> Int64 {
        read(CLOCK_PROCESS_CPUTIME_ID)
    }

    @inline(__always)
    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

/// One reading of both clocks at the same moment: turns monotonic instants into wall-clock times.
///
/// Taken once per run, so that every `_unix_us` of a run is on one scale, even if someone sets the wall clock
/// meanwhile.
package struct ClockAnchor: Sendable {
    /// The monotonic reading.
    package let monotonic: MonotonicInstant
    /// The wall clock at that moment, microseconds since the Unix epoch.
    package let unixMicroseconds: Int64

    /// An anchor of the given pair.
    package init(monotonic: MonotonicInstant, unixMicroseconds: Int64) {
        self.monotonic = monotonic
        self.unixMicroseconds = unixMicroseconds
    }

    /// Reads both clocks now.
    package static func take() -> ClockAnchor {
        ClockAnchor(monotonic: Clock.now(), unixMicroseconds: Clock.unixMicroseconds())
    }

    /// The wall-clock time of an instant, microseconds since the Unix epoch, rounded down.
    package func unixMicroseconds(at instant: MonotonicInstant) -> Int64 {
        unixMicroseconds + Int64((Double(instant.nanoseconds(since: monotonic)) / 1000).rounded(.down))
    }
}
