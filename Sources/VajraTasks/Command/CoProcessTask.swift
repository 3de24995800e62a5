// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
package import VajraEngine
package import VajraLane
package import VajraLifecycle
import VajraModel
import VajraSystem

/// The `command` task with co-processes: each iteration goes to the process that owes the fewest answers, and among
/// these to the one that has had the fewest.
package struct CoProcessTask: BuiltInTask {
    private let processes: [CoProcess]

    /// A task instance for the given lane, with `count` processes (at least 1) of its own.
    package init(
        _ config: CommandTaskConfig, count: Int, lane: Lane, context: ScenarioContext, log: @escaping LogSink
    ) {
        let command = ChildProcess.Command(
            arguments: config.arguments,
            adding: ["VAJRA_RUN_ID=\(context.runID)", "VAJRA_SCENARIO=\(context.scenario)"])
        processes = (0..<max(1, count)).map { _ in
            CoProcess(command: command, lane: lane, context: context, timeout: config.timeout, log: log)
        }
    }

    /// Starts the processes.
    package mutating func initialize() async throws {
        for process in processes { try process.start() }
    }

    /// Has one of the processes execute the iteration.
    package func execute(_ iteration: Iteration) async throws -> Outcome {
        var least = processes[0]
        for process in processes.dropFirst() where process.isBefore(least) { least = process }
        return await least.execute(iteration.index)
    }

    /// Has the processes tear down and end.
    package mutating func teardown() async {
        for process in processes { await process.end() }
    }
}
