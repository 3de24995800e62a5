// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraEngine
import VajraModel
import VajraSystem
import VajraWire

/// The one thread that writes the stream. Its callers never wait: a slow reader holds up this thread and nothing else.
final class StreamWriter: Sendable {
    /// How the stream has ended.
    enum Result: Sendable, Equatable {
        /// Every line was written.
        case delivered
        /// Nobody reads any more.
        case readerGone
        case failed(String)
        /// The time was over; not everything was written.
        case timedOut
    }

    private struct State: Sendable {
        var queue = StreamQueue()
        var isClosing = false
        var result: Result?
    }

    private let output: FileDescriptor
    private let anchor: ClockAnchor
    private let state = Monitor(State())
    private let blocked = Monitor(Int64(0))

    /// Readable when the stream has ended by itself: the reader has gone, or writing failed.
    let failure: WakeEvent

    /// A writer to `output`, whose wall-clock times are on the anchor's scale.
    init(output: FileDescriptor, anchor: ClockAnchor, runID: String, source: String) throws(SystemError) {
        self.output = output
        self.anchor = anchor
        failure = try WakeEvent()
        try SystemThread(name: "stream") { [self] in write(LineEncoder(runID: runID, source: source)) }.detach()
    }

    // MARK: From any thread

    /// Hands over a line about the run.
    func append(_ line: LineBody) {
        state.withState { $0.queue.append(line) }
    }

    /// Hands over the snapshots of one interval.
    func append(_ snapshots: [Snapshot]) {
        state.withState { state in
            for snapshot in snapshots { state.queue.append(snapshot) }
        }
    }

    /// Hands over a log record.
    func append(_ record: LogRecord) {
        let line = LogLine(record, timeUnixMicroseconds: anchor.unixMicroseconds(at: Clock.now()))
        state.withState { state in
            state.queue.append(line)
            state.queue.countLeftOut(record.leftOut)
        }
    }

    /// Hands over iterations that get lines of their own.
    func append(_ records: [IterationRecord], of scenario: String, leftOut: UInt64) {
        state.withState { state in
            state.queue.append(StreamQueue.Iterations(scenario: scenario, records: records), leftOut: leftOut)
        }
    }

    /// Log and iteration lines left out so far.
    var dropped: (logs: UInt64, iterations: UInt64) {
        state.withState { ($0.queue.logsDropped, $0.queue.iterationsDropped) }
    }

    /// How long writing has been held up so far, in nanoseconds.
    var blockedTime: Int64 { blocked.withState { $0 } }

    /// How the stream has ended; nil while it has not.
    var result: Result? { state.withState { $0.result } }

    /// Writes what waits, and ends; waits for it at most `nanoseconds`. May be called again.
    func close(within nanoseconds: Int64) -> Result {
        state.withState { $0.isClosing = true }
        return state.wait(nanoseconds: nanoseconds) { $0.result } ?? .timedOut
    }

    // MARK: On the writer's thread

    private func write(_ encoder: consuming LineEncoder) {
        let result: Result
        do {
            while let batch = nextBatch() { try write(batch, with: &encoder) }
            result = .delivered
        } catch let error as SystemError where error.code == EPIPE || error.code == ECONNRESET {
            result = .readerGone
        } catch {
            result = .failed("\(error)")
        }
        state.withState { $0.result = result }
        if result != .delivered { failure.signal() }
    }

    private func nextBatch() -> StreamQueue? {
        state.wait { state -> StreamQueue?? in
            if !state.queue.isEmpty { return .some(state.queue.takeAll()) }
            return state.isClosing ? .some(nil) : nil
        }
    }

    private func write(_ batch: StreamQueue, with encoder: inout LineEncoder) throws {
        // The end of the run comes after everything that it counts.
        let isEnd = { (line: LineBody) in line.type == LineType.runEnded.rawValue }
        for line in batch.lines where !isEnd(line) { try emit(line, with: &encoder) }
        for log in batch.logs { try emitIfWritable(.log(log), with: &encoder) }
        for group in batch.iterations {
            for record in group.records {
                let line = IterationLine(record, scenario: group.scenario, anchor: anchor)
                try emitIfWritable(.iteration(line), with: &encoder)
            }
        }
        for snapshot in batch.snapshots { try emit(.snapshot(snapshot), with: &encoder) }
        for line in batch.lines where isEnd(line) { try emit(line, with: &encoder) }
    }

    /// A line with a task's text may exceed the limit. Then it is left out and counted.
    private func emitIfWritable(_ line: LineBody, with encoder: inout LineEncoder) throws {
        do {
            try emit(line, with: &encoder)
        } catch is WireError {
            state.withState { $0.queue.countUnwritable(line) }
        }
    }

    private func emit(_ line: LineBody, with encoder: inout LineEncoder) throws {
        try encoder.encode(line) { bytes throws(SystemError) in
            let start = Clock.now()
            try output.writeAll(bytes)
            let time = Clock.now().nanoseconds(since: start)
            // A write that need not wait takes microseconds; a longer one has waited for the reader.
            if time > 1_000_000 { blocked.withState { $0 += time } }
        }
    }
}
