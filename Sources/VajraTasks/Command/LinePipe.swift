// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraLane
import VajraSystem

/// Reads lines from a pipe on a lane, until its end. Bounded: a line is cut off at 16 KiB.
final class LinePipe: ReadinessHandler, @unchecked Sendable {
    private let lane: Lane
    private var source: LaneSource?
    private let end: FileDescriptor
    private var framer = LineFramer(maximumLength: 16 * 1024)
    private let onLine: (UnsafeRawBufferPointer) -> Void
    private let onEnd: () -> Void
    private var isOpen = true

    /// Watches the reading end, and closes it at its end.
    ///
    /// - Throws: ``SystemError`` when the lane cannot watch it; it is closed then.
    init(
        lane: Lane, end: FileDescriptor, onLine: @escaping (UnsafeRawBufferPointer) -> Void,
        onEnd: @escaping () -> Void = {}
    ) throws(SystemError) {
        self.lane = lane
        self.end = end
        self.onLine = onLine
        self.onEnd = onEnd
        Pipe.makeNonBlocking(end)
        do {
            source = try lane.add(self, descriptor: end.number, .readable)
        } catch {
            end.close()
            throw error
        }
    }

    func ready(_ readiness: Readiness) {
        drain()
    }

    /// Reads what is there now.
    func drain() {
        guard isOpen else { return }
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
            // Bounded per turn, so that a chatty command cannot keep the lane from its work.
            for _ in 0..<4 {
                let count: Int
                do {
                    count = try end.read(into: buffer)
                } catch {
                    return
                }
                guard count > 0 else { return finish() }
                framer.append(UnsafeRawBufferPointer(rebasing: buffer[0..<count]), line: give)
                if count < buffer.count { return }
            }
        }
    }

    /// Reads what is there, and closes the pipe, even if others still hold its writing end.
    func close() {
        guard isOpen else { return }
        drain()
        finish()
    }

    private func finish() {
        guard isOpen else { return }
        isOpen = false
        framer.finish(line: give)
        removeSource()
        end.close()
        onEnd()
    }

    private func give(_ line: LineFramer.Line) {
        switch line {
        case .complete(_, let bytes), .unterminated(_, let bytes): onLine(bytes)
        case .overlong(let number, let limit):
            var text = "(line \(number) of more than \(limit) bytes left out)"
            text.withUTF8 { onLine(UnsafeRawBufferPointer($0)) }
        }
    }

    private func removeSource() {
        if let source { lane.remove(source) }
        source = nil
    }
}
