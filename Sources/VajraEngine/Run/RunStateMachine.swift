// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// The course of one run, as the coordinator sees it. Pure: events in, actions out, no clock, no threads.
///
///     initializing ──▶ ready ──▶ running ──▶ draining ──▶ tearingDown ──▶ ended
///          └─────────────┴──────────┴────────────┴───────────▲  (a failure, a signal, the reader's end)
package struct RunStateMachine: Sendable {
    /// Why the run ends.
    package enum Ending: Sendable, Equatable {
        /// The plan was carried out.
        case completed
        /// This signal ended it.
        case signal(Int32)
        /// Task instances could not be prepared.
        case failed(String)
        /// Nobody reads the stream any more.
        case readerGone
    }

    /// What the coordinator must do.
    package enum Action: Sendable, Equatable {
        /// Choose the instant of the start, then report ``started()``.
        case ready
        case begin
        /// Take no more arrivals, and drop those that wait.
        case stop
        /// Give up on what is in flight.
        case abandon
        /// Tear the task instances down.
        case tearDown
        /// Report ``deadlinePassed()`` after this many nanoseconds, and forget earlier deadlines.
        case setDeadline(Int64)
        /// Write the end of the run.
        case finish(Ending)
    }

    /// Where the run is, for those who ask.
    package enum Phase: Sendable, Equatable {
        case initializing, ready, running, draining, tearingDown, ended
    }

    private enum State {
        /// Some lanes have not answered. Exits: ready, tearingDown.
        case initializing(waiting: Int, failures: [String])
        /// Every lane waits for the start. Exits: running, tearingDown.
        case ready
        /// Arrivals come. Exits: draining, tearingDown.
        case running(planning: Int, unfinished: Int)
        /// No more arrivals come; some wait or are in flight. With `dropsNext`, the next deadline first drops the
        /// arrivals that wait, and a later one gives up. Exits: tearingDown.
        case draining(Ending, unfinished: Int, dropsNext: Bool, hasAbandoned: Bool)
        /// Exits: ended.
        case tearingDown(Ending, waiting: Int)
        case ended
    }

    private let lanes: Int
    private let drain: Int64
    /// How long the end of the plan waits beyond the drain; nil when it does not.
    private let patience: Int64?
    private var state: State

    /// Time for the teardown after an interrupt, beyond the drain.
    private static let quickTeardown: Int64 = 150_000_000
    /// Time for the teardown of a run that was carried out.
    private static let teardown: Int64 = 5_000_000_000

    /// - Parameters:
    ///   - drain: How long a stop waits for what is in flight, in nanoseconds.
    ///   - patience: How long the end of the plan waits for what is in flight: the tasks' own timeout, in nanoseconds.
    ///     Nil when the user has set the drain: then the end of the plan waits no longer than that.
    package init(lanes: Int, drain: Int64, patience: Int64?) {
        self.lanes = lanes
        self.drain = drain
        self.patience = patience.map { max($0, drain) }
        state = .initializing(waiting: lanes, failures: [])
    }

    /// Where the run is now.
    package var phase: Phase {
        switch state {
        case .initializing: .initializing
        case .ready: .ready
        case .running: .running
        case .draining: .draining
        case .tearingDown: .tearingDown
        case .ended: .ended
        }
    }

    // MARK: Events

    /// A lane's task instances are ready, or could not be prepared.
    package mutating func laneInitialized(failure: String?) -> [Action] {
        guard case .initializing(let waiting, var failures) = state else { return [] }
        if let failure { failures.append(failure) }
        guard waiting == 1 else {
            state = .initializing(waiting: waiting - 1, failures: failures)
            return []
        }
        guard failures.isEmpty else {
            return tearDown(.failed(failures.joined(separator: "; ")), within: Self.teardown)
        }
        state = .ready
        return [.ready]
    }

    /// The instant of the start is known.
    package mutating func started() -> [Action] {
        guard case .ready = state else { return [] }
        state = .running(planning: lanes, unfinished: lanes)
        return [.begin]
    }

    /// A lane's plan has no more arrivals.
    package mutating func lanePlanEnded() -> [Action] {
        guard case .running(let planning, let unfinished) = state else { return [] }
        guard planning == 1 else {
            state = .running(planning: planning - 1, unfinished: unfinished)
            return []
        }
        state = .draining(.completed, unfinished: unfinished, dropsNext: true, hasAbandoned: false)
        return [.setDeadline(drain)]
    }

    /// A lane has nothing left to do.
    package mutating func laneFinished() -> [Action] {
        switch state {
        case .running(let planning, let unfinished):
            state = .running(planning: planning, unfinished: unfinished - 1)
            return []
        case .draining(let ending, let unfinished, let dropsNext, let hasAbandoned):
            guard unfinished == 1 else {
                state = .draining(
                    ending, unfinished: unfinished - 1, dropsNext: dropsNext, hasAbandoned: hasAbandoned)
                return []
            }
            return tearDown(ending, within: ending == .completed ? Self.teardown : Self.quickTeardown)
        case .initializing, .ready, .tearingDown, .ended:
            return []
        }
    }

    /// A lane's task instances are torn down.
    package mutating func laneTornDown() -> [Action] {
        guard case .tearingDown(let ending, let waiting) = state else { return [] }
        guard waiting == 1 else {
            state = .tearingDown(ending, waiting: waiting - 1)
            return []
        }
        return finish(ending)
    }

    /// SIGINT, SIGTERM or SIGHUP has come.
    package mutating func signalled(_ number: Int32) -> [Action] {
        switch state {
        case .initializing, .ready: return tearDown(.signal(number), within: Self.quickTeardown)
        case .running(_, let unfinished): return interrupt(.signal(number), unfinished: unfinished)
        case .draining(.completed, let unfinished, _, _): return interrupt(.signal(number), unfinished: unfinished)
        case .draining(let ending, let unfinished, _, _):
            // The second signal ends the wait.
            state = .draining(ending, unfinished: unfinished, dropsNext: false, hasAbandoned: true)
            return [.abandon, .setDeadline(100_000_000)]
        case .tearingDown(let ending, _): return finish(ending)
        case .ended: return []
        }
    }

    /// Nobody reads the stream any more.
    package mutating func readerGone() -> [Action] {
        switch state {
        case .initializing, .ready: return tearDown(.readerGone, within: Self.quickTeardown)
        case .running(_, let unfinished), .draining(_, let unfinished, _, _):
            state = .draining(.readerGone, unfinished: unfinished, dropsNext: false, hasAbandoned: true)
            return [.stop, .abandon, .setDeadline(Self.quickTeardown)]
        case .tearingDown(_, let waiting):
            state = .tearingDown(.readerGone, waiting: waiting)
            return []
        case .ended: return []
        }
    }

    /// The last deadline that was set has passed.
    package mutating func deadlinePassed() -> [Action] {
        switch state {
        case .draining(let ending, let unfinished, true, _):
            state = .draining(ending, unfinished: unfinished, dropsNext: false, hasAbandoned: patience == nil)
            guard let patience else { return [.stop, .abandon, .setDeadline(Self.quickTeardown)] }
            return [.stop, .setDeadline(patience)]
        case .draining(let ending, let unfinished, false, false):
            state = .draining(ending, unfinished: unfinished, dropsNext: false, hasAbandoned: true)
            return [.abandon, .setDeadline(Self.quickTeardown)]
        case .draining(let ending, _, false, true):
            return tearDown(ending, within: Self.quickTeardown)
        case .tearingDown(let ending, _): return finish(ending)
        case .initializing, .ready, .running, .ended: return []
        }
    }

    // MARK: Transitions

    private mutating func interrupt(_ ending: Ending, unfinished: Int) -> [Action] {
        guard unfinished > 0 else { return tearDown(ending, within: Self.quickTeardown) }
        state = .draining(ending, unfinished: unfinished, dropsNext: false, hasAbandoned: false)
        return [.stop, .setDeadline(drain)]
    }

    private mutating func tearDown(_ ending: Ending, within time: Int64) -> [Action] {
        state = .tearingDown(ending, waiting: lanes)
        return [.tearDown, .setDeadline(time)]
    }

    private mutating func finish(_ ending: Ending) -> [Action] {
        state = .ended
        return [.finish(ending)]
    }
}
