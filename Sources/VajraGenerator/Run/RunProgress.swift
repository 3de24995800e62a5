// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel
import VajraSystem

/// One line on the terminal while a run goes on whose stream goes elsewhere.
struct RunProgress {
    private let name: String
    private let duration: Int64?

    /// Nil unless standard error is a terminal and no reader of ours draws there.
    init?(name: String, duration: TimeSpan?, isQuiet: Bool) {
        guard !isQuiet, FileDescriptor.standardError.isTerminal, !FileDescriptor.standardOutput.isPipe else {
            return nil
        }
        self.name = name
        self.duration = duration?.nanoseconds
    }

    func show(elapsed: Int64, totals: [ScenarioMetrics]) {
        let counts = totals.map(\.counts)
        let started = counts.reduce(0) { $0 + $1.started }
        let failed = counts.reduce(0) { $0 + $1.failed }
        let inFlight = counts.reduce(0) { $0 + $1.inFlight }
        let plan = duration.map { " of \(DurationText.text(UInt64($0)))" } ?? ""
        FileDescriptor.standardError.print(
            "\r\u{1b}[K\(name)  \(DurationText.text(UInt64(elapsed)))\(plan)  started \(started)  failed \(failed)  "
                + "in flight \(inFlight)")
    }

    func clear() {
        FileDescriptor.standardError.print("\r\u{1b}[K")
    }
}
