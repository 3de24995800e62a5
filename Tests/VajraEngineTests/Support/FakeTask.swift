// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VajraEngine
import VajraLifecycle

/// What happened, in order, from any thread.
final class Journal: Sendable {
    private let entries = Mutex<[String]>([])

    var all: [String] { entries.withLock { $0 } }

    func note(_ entry: String) { entries.withLock { $0.append(entry) } }

    func count(_ entry: String) -> Int { all.count { $0 == entry } }
}

/// Holds tasks until it is opened, whatever their cancellation says: a target that does not answer.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// A user's task, that notes the course of its life.
struct FakeTask: TaskLifecycle {
    let name: String
    let journal: Journal
    var onInitialize: @Sendable () async throws -> Void = {}
    var onExecute: @Sendable (Iteration) async throws -> Outcome = { _ in .success }

    mutating func initialize() async throws {
        journal.note("\(name) initialize")
        try await onInitialize()
        journal.note("\(name) initialized")
    }

    func execute(_ iteration: Iteration) async throws -> Outcome {
        try await onExecute(iteration)
    }

    mutating func teardown() async {
        journal.note("\(name) teardown")
    }
}

/// A task of VajraPulse's own, that does what it is told.
struct FakeBuiltInTask: BuiltInTask {
    let onExecute: @Sendable (Iteration) async throws -> Outcome

    func execute(_ iteration: Iteration) async throws -> Outcome { try await onExecute(iteration) }
}
