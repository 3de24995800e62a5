// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraEngine
import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// An iteration that waits for a co-process's answer.
final class PendingIteration: DeadlineMember {
    let id: UInt64
    let continuation: UnsafeContinuation<Outcome, Never>
    private unowned let process: CoProcess
    var deadline = MonotonicInstant.distantFuture
    var isQueued = false
    var earlier: Unmanaged<PendingIteration>?
    var later: Unmanaged<PendingIteration>?

    init(id: UInt64, of process: CoProcess, continuation: UnsafeContinuation<Outcome, Never>) {
        self.id = id
        self.process = process
        self.continuation = continuation
    }

    func expire() { process.fail(id, .timeout, "no answer in time") }
}

/// One long-lived process that executes iterations by NDJSON, pipelined; started again when it dies.
///
/// `Sendable` because only the lane's thread uses it.
final class CoProcess: @unchecked Sendable {
    private let lane: Lane
    private let command: ChildProcess.Command
    private let context: ScenarioContext
    private let timeout: Int64
    private let log: CommandLog

    private var process: ChildProcess?
    private var input: CoProcessInput?
    private var output: LinePipe?
    private var errors: LinePipe?
    private var pending: [UInt64: PendingIteration] = [:]
    private let deadlines: DeadlineWatch<PendingIteration>
    private var nextID: UInt64 = 1
    private var isEnding = false
    private var onExit: UnsafeContinuation<Void, Never>?
    private var failedStarts = 0
    private var earliestStart = MonotonicInstant(nanoseconds: 0)

    /// Whether the next iteration should go here: this process owes fewer answers, or as many and has had fewer
    /// iterations.
    func isBefore(_ other: CoProcess) -> Bool {
        (pending.count, nextID) < (other.pending.count, other.nextID)
    }

    init(
        command: ChildProcess.Command, lane: Lane, context: ScenarioContext, timeout: TimeSpan, log: @escaping LogSink
    ) {
        self.command = command
        self.lane = lane
        self.context = context
        self.timeout = timeout.nanoseconds
        self.log = CommandLog(taskID: context.taskID, log: log)
        deadlines = DeadlineWatch(lane: lane)
    }

    // MARK: Iterations

    func execute(_ iteration: UInt64) async -> Outcome {
        if process == nil {
            do {
                try start()
            } catch {
                return .failure(LimitFailure.kind(spawning: error), message: "\(error)")
            }
        }
        let id = nextID
        nextID += 1
        return await withUnsafeContinuation { continuation in
            let member = PendingIteration(id: id, of: self, continuation: continuation)
            pending[id] = member
            deadlines.begin(member, deadline: Clock.now().advanced(byNanoseconds: timeout))
            if input?.send(CoProcessMessage.execute(id: id, iteration: iteration)) == false {
                fail(id, .notReading, "the co-process does not read: \(CoProcessInput.limit) bytes wait on its stdin")
            }
        }
    }

    private func answer(_ id: UInt64, _ outcome: Outcome) {
        // The answer is to an iteration that has timed out, or to none.
        guard let member = pending.removeValue(forKey: id) else { return }
        deadlines.end(member)
        var outcome = outcome
        outcome.completedAt = Clock.now()
        failedStarts = 0
        member.continuation.resume(returning: outcome)
    }

    private func failAll(_ kind: FailureKind, _ message: String) {
        let failed = pending.keys.sorted()
        for id in failed { fail(id, kind, message) }
    }

    /// Ends an iteration without its answer; nothing happens when it has ended already.
    func fail(_ id: UInt64, _ kind: FailureKind, _ message: String) {
        guard let member = pending.removeValue(forKey: id) else { return }
        deadlines.end(member)
        member.continuation.resume(returning: .failure(kind, message: message))
    }

    // MARK: Process

    /// Starts the process, unless it has just died several times.
    ///
    /// - Throws: ``SystemError`` when it cannot be started, or not yet.
    func start() throws(SystemError) {
        guard Clock.now() >= earliestStart else {
            throw SystemError(
                "restart '\(command.arguments.first ?? "")' (it dies at once; waiting a little)", code: EAGAIN)
        }
        let pipes = try ProcessPipes()
        let started: ChildProcess
        do {
            started = try ChildProcess.start(
                command, input: pipes.input.reading, output: pipes.output.writing, error: pipes.errors.writing)
        } catch {
            pipes.closeAll()
            throw error
        }
        pipes.closeTheirs()
        do {
            try watch(started, pipes)
        } catch {
            forget()
            started.discard()
            throw error
        }
        process = started
        input?.send(CoProcessMessage.initialize(context))
    }

    /// Makes the lane watch the process and its pipes: all of them or none.
    private func watch(_ process: ChildProcess, _ pipes: ProcessPipes) throws(SystemError) {
        var unwatched = [pipes.output.reading, pipes.errors.reading, pipes.input.writing]
        do throws(SystemError) {
            // The object that takes an end over closes it, even if the lane cannot watch it.
            output = try LinePipe(lane: lane, end: unwatched.removeFirst()) { [unowned self] line in received(line) }
            errors = try LinePipe(lane: lane, end: unwatched.removeFirst()) { [log] line in
                log.take(line, .warning, [("stream", "stderr")])
            }
            input = try CoProcessInput(lane: lane, end: unwatched.removeFirst())
            _ = try ProcessExit(lane: lane, process: process) { [self] end in exited(end) }
        } catch {
            for end in unwatched { end.close() }
            throw error
        }
    }

    private func received(_ line: UnsafeRawBufferPointer) {
        switch CoProcessMessage.parse(line) {
        case .answer(let id, let outcome): answer(id, outcome)
        case .malformedAnswer(let id, let reason): fail(id, .protocolError, reason)
        case .other: log.take(line, .info, [("stream", "stdout")])
        }
    }

    /// Closes what is left of the process's pipes.
    private func forget() {
        output?.close()
        errors?.close()
        input?.close()
        (process, output, errors, input) = (nil, nil, nil, nil)
    }

    private func exited(_ end: ProcessEnd) {
        // The answers that it wrote before it died are still in the pipe.
        forget()
        log.finish()
        let reason =
            switch end {
            case .exited(let status): "the co-process exited with status \(status)"
            case .signalled(let number): "the co-process was ended by signal \(number)"
            }
        if !isEnding {
            log.say(.error, "\(reason); it is started again")
            failedStarts += 1
            let wait = failedStarts < 2 ? 0 : Int64(50_000_000) << min(failedStarts - 2, 6)
            earliestStart = Clock.now().advanced(byNanoseconds: wait)
        }
        failAll(.processDied, reason)
        onExit?.resume()
        onExit = nil
    }

    // MARK: Ending

    /// Sends `teardown`, and waits for the process to end: 500 ms by itself, then SIGTERM, 250 ms later SIGKILL.
    func end() async {
        isEnding = true
        guard let process else { return }
        input?.send(CoProcessMessage.teardown())
        input?.closeWhenSent()
        Task(executorPreference: lane) {
            for (wait, number) in [(Int64(500_000_000), SIGTERM), (250_000_000, SIGKILL)] {
                await self.lane.sleep(until: Clock.now().advanced(byNanoseconds: wait))
                guard self.process != nil else { return }
                process.signal(number)
            }
        }
        await withUnsafeContinuation { onExit = $0 }
    }
}
