// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel
import VajraSystem
import VajraWire

/// One line on the terminal while a run goes on.
struct ReadProgress {
    private var origin: Int64?
    private var started: UInt64 = 0
    private var failed: UInt64 = 0

    /// Nil unless standard error is a terminal.
    init?() {
        guard FileDescriptor.standardError.isTerminal else { return nil }
    }

    mutating func take(_ snapshot: Snapshot) {
        origin = min(origin ?? .max, snapshot.startUnixMicroseconds)
        started += snapshot.metrics.counts.started
        failed += snapshot.metrics.counts.failed
        let elapsed = DurationText.text(UInt64(max(0, snapshot.endUnixMicroseconds - (origin ?? 0))) * 1000)
        FileDescriptor.standardError.print(
            "\r\u{1b}[K\(elapsed)  started \(started)  failed \(failed)  in flight \(snapshot.inFlight)")
    }

    func clear() {
        FileDescriptor.standardError.print("\r\u{1b}[K")
    }
}
