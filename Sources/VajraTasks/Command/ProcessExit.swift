// SPDX-License-Identifier: Apache-2.0

import VajraLane
import VajraSystem

/// Waits on a lane for a child process to end.
final class ProcessExit: ReadinessHandler, @unchecked Sendable {
    private let lane: Lane
    private var source: LaneSource?
    private let process: ChildProcess
    private let onEnd: (ProcessEnd) -> Void

    /// Watches the process.
    ///
    /// - Throws: ``SystemError`` when the lane cannot watch it.
    init(lane: Lane, process: ChildProcess, onEnd: @escaping (ProcessEnd) -> Void) throws(SystemError) {
        self.lane = lane
        self.process = process
        self.onEnd = onEnd
        source = try lane.add(self, descriptor: process.exitDescriptor, .readable)
    }

    func ready(_ readiness: Readiness) {
        guard let end = process.takeEnd() else { return }
        removeSource()
        FileDescriptor(process.exitDescriptor).close()
        onEnd(end)
    }

    private func removeSource() {
        if let source { lane.remove(source) }
        source = nil
    }
}
