// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VajraPulse

/// A user's own load tool: vajra-gen's whole command line, for the task below.
@main
struct Checkout: LoadTool {
    static func makeTask(_ setup: TaskSetup) throws -> some TaskLifecycle {
        CheckoutTask(
            failEvery: UInt64(setup.parameter("fail-every", default: "0")) ?? 0,
            isBroken: setup.parameter("broken", default: "no") == "yes")
    }
}

struct CheckoutTask: TaskLifecycle {
    struct Unprepared: Error {}

    let failEvery: UInt64
    let isBroken: Bool
    private let journal = Journal()

    init(failEvery: UInt64, isBroken: Bool) {
        self.failEvery = failEvery
        self.isBroken = isBroken
    }

    mutating func initialize() async throws {
        if isBroken { throw Unprepared() }
        journal.isReady.store(true, ordering: .relaxed)
    }

    func execute(_ iteration: Iteration) async throws -> Outcome {
        guard journal.isReady.load(ordering: .relaxed) else { throw Unprepared() }
        guard ExecutionContext.current?.iteration.index == iteration.index else { return .failure("no_context") }
        // Work that leaves the lane and comes back, as a client library with threads of its own would.
        let basket = await Basket.shared.next()
        if failEvery > 0, iteration.index % failEvery == 0 { throw FailureKind("sold_out") }
        return .success(status: .text("basket"), bytesReceived: basket % 2)
    }

    mutating func teardown() async {
        journal.isReady.store(false, ordering: .relaxed)
    }
}

/// What changes in a task instance lives in a class of its own, so that the task stays `Sendable`.
final class Journal: Sendable {
    let isReady = Atomic(false)
}

actor Basket {
    static let shared = Basket()
    private var count: UInt64 = 0

    func next() -> UInt64 {
        count += 1
        return count
    }
}
