// SPDX-License-Identifier: Apache-2.0

import VajraEngine
import VajraLane
import VajraLifecycle
import VajraModel

/// Does nothing, as part of VajraPulse: no execution context is bound for it.
struct BuiltInNothing: BuiltInTask {
    func execute(_ iteration: Iteration) async throws -> Outcome { .success }
}

/// Does nothing, as a user's task: the context is bound, and not read.
struct UsersNothing: TaskLifecycle {
    func execute(_ iteration: Iteration) async throws -> Outcome { .success }
}

/// Looks at its iteration through the parameter.
struct ParameterReader: TaskLifecycle {
    func execute(_ iteration: Iteration) async throws -> Outcome {
        iteration.index == .max ? .failure(.thrown) : .success
    }
}

/// Looks at its iteration through the task-local context.
struct ContextReader: TaskLifecycle {
    func execute(_ iteration: Iteration) async throws -> Outcome {
        ExecutionContext.current?.iteration.index == .max ? .failure(.thrown) : .success
    }
}

/// Is in flight for a time, without any I/O.
struct Waiting: BuiltInTask {
    let lane: Lane
    let nanoseconds: Int64

    func execute(_ iteration: Iteration) async throws -> Outcome {
        await lane.sleep(until: iteration.intendedStart.advanced(byNanoseconds: nanoseconds))
        return .success
    }
}
