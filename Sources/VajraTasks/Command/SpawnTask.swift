// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
package import VajraEngine
package import VajraLane
package import VajraLifecycle
import Glibc
import VajraModel
import VajraSystem

/// The `command` task that starts a process for each iteration. Exit status 0 is a success.
///
/// The process sees `VAJRA_RUN_ID`, `VAJRA_SCENARIO` and `VAJRA_ITERATION` in its environment, nothing on stdin; its
/// stdout is discarded, and its stderr becomes log lines.
package struct SpawnTask: BuiltInTask {
    private let runner: SpawnRunner

    /// A task instance for the given lane.
    package init(_ config: CommandTaskConfig, lane: Lane, context: ScenarioContext, log: @escaping LogSink) {
        runner = SpawnRunner(config, lane: lane, context: context, log: log)
    }

    /// Runs the command once.
    package func execute(_ iteration: Iteration) async throws -> Outcome {
        await runner.run(iteration)
    }

    /// Kills the processes that still run.
    package mutating func teardown() async {
        runner.killAll()
    }
}

/// One run of the command, in flight.
private final class SpawnedProcess: DeadlineMember {
    let process: ChildProcess
    var deadline = MonotonicInstant.distantFuture
    var isQueued = false
    var earlier: Unmanaged<SpawnedProcess>?
    var later: Unmanaged<SpawnedProcess>?
    private(set) var hasExpired = false

    init(_ process: ChildProcess) {
        self.process = process
    }

    func expire() {
        hasExpired = true
        process.signal(SIGKILL)
    }
}

/// Starts and reaps the processes of one task instance. `Sendable` because only the lane's thread uses it.
private final class SpawnRunner: @unchecked Sendable {
    private let lane: Lane
    private let command: ChildProcess.Command
    private let timeout: Int64
    private let log: CommandLog
    private let running: DeadlineWatch<SpawnedProcess>

    init(_ config: CommandTaskConfig, lane: Lane, context: ScenarioContext, log: @escaping LogSink) {
        self.lane = lane
        running = DeadlineWatch(lane: lane)
        self.log = CommandLog(taskID: context.taskID, log: log)
        timeout = config.timeout.nanoseconds
        command = ChildProcess.Command(
            arguments: config.arguments,
            adding: ["VAJRA_RUN_ID=\(context.runID)", "VAJRA_SCENARIO=\(context.scenario)"])
    }

    func run(_ iteration: Iteration) async -> Outcome {
        do {
            return try await start(iteration)
        } catch {
            return .failure(LimitFailure.kind(spawning: error), message: "\(error)")
        }
    }

    private func start(_ iteration: Iteration) async throws(SystemError) -> Outcome {
        let errors = try Pipe()
        let process: ChildProcess
        do {
            process = try ChildProcess.start(
                command, environment: ["VAJRA_ITERATION=\(iteration.index)"], input: nil, output: nil,
                error: errors.writing)
        } catch {
            errors.writing.close()
            errors.reading.close()
            throw error
        }
        errors.writing.close()
        let index = iteration.index
        let lines = try? LinePipe(
            lane: lane, end: errors.reading,
            onLine: { [log] line in
                log.take(line, .warning, [("stream", "stderr"), ("iteration", String(index))])
            })
        let member = SpawnedProcess(process)
        running.begin(member, deadline: Clock.now().advanced(byNanoseconds: timeout))
        let (end, instant) = await waitForEnd(of: process)
        running.end(member)
        lines?.close()
        var outcome = member.hasExpired ? Outcome.failure(.timeout, message: "killed after the timeout") : judge(end)
        outcome.completedAt = instant
        return outcome
    }

    private func waitForEnd(of process: ChildProcess) async -> (ProcessEnd, MonotonicInstant) {
        await withUnsafeContinuation { continuation in
            do {
                _ = try ProcessExit(lane: lane, process: process) { end in
                    continuation.resume(returning: (end, Clock.now()))
                }
            } catch {
                process.discard()
                continuation.resume(returning: (.signalled(SIGKILL), Clock.now()))
            }
        }
    }

    private func judge(_ end: ProcessEnd) -> Outcome {
        switch end {
        case .exited(0): .success(status: .code(0))
        case .exited(let status):
            .failure(.exitStatus, status: .code(Int(status)), message: "the command exited with status \(status)")
        case .signalled(let number):
            .failure(
                .signalled, status: .text("signal \(number)"), message: "the command was ended by signal \(number)")
        }
    }

    func killAll() {
        log.finish()
        while let member = running.first {
            running.end(member)
            member.process.signal(SIGKILL)
        }
    }
}
