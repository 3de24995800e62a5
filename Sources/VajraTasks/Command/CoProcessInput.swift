// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraLane
import VajraSystem

/// The lines on their way to a co-process's stdin. Bounded, because a process may stop reading while iterations time
/// out and others come.
final class CoProcessInput: ReadinessHandler, @unchecked Sendable {
    /// The most bytes that wait for the process to read them: 1 MiB.
    static let limit = 1 << 20

    private let lane: Lane
    private var source: LaneSource?
    private let end: FileDescriptor
    private var queue: [UInt8] = []
    private var isOpen = true
    private var closesWhenSent = false

    /// Takes over the writing end.
    ///
    /// - Throws: ``SystemError`` when the lane cannot watch it; it is closed then.
    init(lane: Lane, end: FileDescriptor) throws(SystemError) {
        self.lane = lane
        self.end = end
        Pipe.makeNonBlocking(end)
        do {
            source = try lane.add(self, descriptor: end.number, [])
        } catch {
            end.close()
            throw error
        }
    }

    /// Writes a line now, or as soon as the process reads. False when too much waits already; the line is then left
    /// out.
    @discardableResult
    func send(_ line: [UInt8]) -> Bool {
        guard isOpen else { return true }
        guard queue.count + line.count <= CoProcessInput.limit else { return false }
        queue.append(contentsOf: line)
        flush()
        return true
    }

    /// Closes the pipe once everything is written.
    func closeWhenSent() {
        closesWhenSent = true
        flush()
    }

    func ready(_ readiness: Readiness) {
        if readiness.intersects(.writable) { flush() } else { close() }
    }

    private func flush() {
        guard isOpen else { return }
        while !queue.isEmpty {
            let count = queue.withUnsafeBytes { write(end.number, $0.baseAddress, $0.count) }
            if count > 0 {
                queue.removeFirst(count)
            } else if errno == EAGAIN {
                return watch(.writable)
            } else if errno != EINTR {
                // The process has closed its stdin or died. Its exit tells which, and fails its iterations.
                return close()
            }
        }
        if closesWhenSent { close() } else { watch([]) }
    }

    /// Closes the pipe now.
    func close() {
        guard isOpen else { return }
        isOpen = false
        removeSource()
        end.close()
    }

    private func removeSource() {
        if let source { lane.remove(source) }
        source = nil
    }

    private func watch(_ interest: Readiness) {
        if let source { lane.modify(source, interest) }
    }
}
