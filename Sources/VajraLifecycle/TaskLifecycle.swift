// SPDX-License-Identifier: Apache-2.0

/// The work that a load test repeats: your code, which VajraPulse schedules, measures and reports.
///
/// The engine makes one instance per lane (an event-loop thread) and scenario, and calls it in this order:
/// ``initialize()`` once before the first arrival, ``execute(_:)`` once per iteration, and ``teardown()`` always, even
/// after a failure, an interrupt, or a throwing `initialize` of a sibling. Only `execute` is timed.
///
/// `execute` runs on the lane's thread as ordinary async code. Several iterations of one instance are in flight at the
/// same time, so an instance is `Sendable`: keep what changes in an actor or a `Mutex`. Never block the thread
/// (`sleep(3)`, synchronous I/O): every other iteration of the lane would wait, and the report would say so.
public protocol TaskLifecycle: Sendable {
    /// Prepares the instance: opens connections, reads data. Not timed.
    ///
    /// - Throws: Any error; it ends the run with status 1 before any load is sent, and siblings are torn down.
    mutating func initialize() async throws

    /// Does one iteration, and says how it went.
    ///
    /// - Parameter iteration: Which iteration this is, of which scenario and run.
    /// - Returns: The outcome that is counted.
    /// - Throws: Any error; it is counted as a failure of the kind ``FailureKind/thrown``, unless the error itself is a
    ///   ``FailureKind``, which is then the kind.
    func execute(_ iteration: Iteration) async throws -> Outcome

    /// Releases what ``initialize()`` took. Called exactly once per instance, even when `initialize` threw. Not timed.
    mutating func teardown() async
}

extension TaskLifecycle {
    /// Does nothing: for a task without preparation.
    public mutating func initialize() async throws {}

    /// Does nothing: for a task that holds nothing.
    public mutating func teardown() async {}
}
