// SPDX-License-Identifier: Apache-2.0

import VajraLifecycle

/// What the engine itself costs an iteration, and which part of that is recording or the execution context.
enum EngineBenchmarks {
    static let names = [
        "iteration of a built-in task, recorded", "iteration of a built-in task, not recorded",
        "iteration of a user's task", "iteration of a user's task that reads its parameter",
        "iteration of a user's task that reads its context",
    ]

    /// The lane's CPU for each, in turns; an iteration of the closed model on one lane, with one user.
    static func measure() throws -> [Measurement] {
        let loads: [(LaneLoad) -> Void] = [
            { $0.closed(BuiltInNothing(), users: 1, iterations: 400_000, isRecorded: true) },
            { $0.closed(BuiltInNothing(), users: 1, iterations: 400_000, isRecorded: false) },
            { $0.closed(UsersNothing(), users: 1, iterations: 400_000, isRecorded: true) },
            { $0.closed(ParameterReader(), users: 1, iterations: 400_000, isRecorded: true) },
            { $0.closed(ContextReader(), users: 1, iterations: 400_000, isRecorded: true) },
        ]
        var taken = names.map { _ in [Double]() }
        for _ in 0..<7 {
            for (index, prepare) in loads.enumerated() {
                let load = try LaneLoad()
                prepare(load)
                try load.run()
                taken[index].append(Double(load.cpu) / 400_000)
            }
        }
        return zip(names, taken).map { name, rounds in
            let quickest = rounds.min() ?? 0
            return Measurement(
                name: name, nanoseconds: quickest, spread: (rounds.max() ?? 0) / quickest, allocations: .nan)
        }
    }
}
