// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Bounds the log lines of a command: a token bucket of lines, and one of bytes. Pure.
///
/// A command that floods its output (`yes`) would otherwise fill the stream, and its reader's disk, with gigabytes.
struct LogRate {
    /// Lines a second; also how many may come at once after a silence.
    static let perSecond: Int64 = 1000
    /// The same for bytes: 1 MB.
    static let bytesPerSecond: Int64 = 1_000_000

    /// What becomes of a line.
    enum Decision: Equatable {
        case pass
        /// It passes, and this many before it were left out.
        case passTelling(leftOut: UInt64)
        case leaveOut
    }

    private var tokens = perSecond
    private var bytes = bytesPerSecond
    private var filledAt: MonotonicInstant?
    private var toldAt: MonotonicInstant?
    private(set) var leftOut: UInt64 = 0

    /// Decides about a line that has come now. At most once a second, a line says how many before it were left out.
    mutating func decide(_ length: Int, at now: MonotonicInstant) -> Decision {
        refill(now)
        guard tokens > 0, bytes >= Int64(length) else {
            leftOut += 1
            return .leaveOut
        }
        tokens -= 1
        bytes -= Int64(length)
        guard leftOut > 0, toldAt.map({ now.nanoseconds(since: $0) >= 1_000_000_000 }) ?? true else { return .pass }
        toldAt = now
        return .passTelling(leftOut: takeLeftOut())
    }

    /// How many left-out lines have not been reported yet, for the last report.
    mutating func takeLeftOut() -> UInt64 {
        defer { leftOut = 0 }
        return leftOut
    }

    private mutating func refill(_ now: MonotonicInstant) {
        guard let last = filledAt else {
            filledAt = now
            return
        }
        let earned = now.nanoseconds(since: last) / (1_000_000_000 / LogRate.perSecond)
        guard earned > 0 else { return }
        tokens = min(LogRate.perSecond, tokens + earned)
        bytes = min(LogRate.bytesPerSecond, bytes + earned * (LogRate.bytesPerSecond / LogRate.perSecond))
        filledAt = last.advanced(byNanoseconds: earned * (1_000_000_000 / LogRate.perSecond))
    }
}
