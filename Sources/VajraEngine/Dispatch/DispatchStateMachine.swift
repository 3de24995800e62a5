// SPDX-License-Identifier: Apache-2.0

import VajraModel
package import VajraPlan

/// One iteration of the plan.
package struct PlannedIteration: Sendable, Equatable {
    /// The iteration's index in its scenario.
    package let index: UInt64
    /// The intended start, in nanoseconds since the run's start.
    package let intendedStart: Int64
}

/// What happens to arrivals while `max_in_flight` iterations are in flight.
package enum SaturationPolicy: String, Sendable, CaseIterable {
    /// They wait; the wait is part of their response time.
    case queue
    /// They never start, and are counted as dropped.
    case drop
}

/// The open model's decisions for one lane: which iteration starts when. Pure: no clock, no I/O, no tasks.
///
/// Arrivals follow the plan, whatever the completions do. The queue of waiting arrivals takes no memory: the plan is a
/// function, so a second cursor that trails behind the first one is the queue. `waiting` is its length.
package struct DispatchStateMachine: Sendable {
    /// What becomes of an arrival.
    package enum Arrival: Sendable, Equatable {
        case start(PlannedIteration)
        /// It waits for an iteration in flight to end.
        case queued(PlannedIteration)
        /// It will never start.
        case dropped(PlannedIteration)
    }

    private let capacity: Int
    private let policy: SaturationPolicy
    private var arrivals: ArrivalCursor
    private var next: PlannedIteration?
    private var head: PlannedIteration?
    private var trailing: ArrivalCursor?

    /// Iterations started and not ended.
    package private(set) var inFlight = 0
    /// Arrivals that wait for a place.
    package private(set) var waiting: UInt64 = 0
    /// How often an arrival found no place.
    package private(set) var saturations: UInt64 = 0

    /// - Parameters:
    ///   - arrivals: This lane's share of the plan.
    ///   - capacity: How many iterations may be in flight on this lane; at least 1.
    package init(arrivals: ArrivalCursor, capacity: Int, policy: SaturationPolicy) {
        self.arrivals = arrivals
        self.capacity = max(1, capacity)
        self.policy = policy
        next = DispatchStateMachine.take(&self.arrivals)
    }

    /// The intended start of the next arrival; nil when the plan has no more.
    package var nextArrival: Int64? { next?.intendedStart }

    /// Whether no arrival is to come, waiting or in flight.
    package var isFinished: Bool { next == nil && waiting == 0 && inFlight == 0 }

    /// Takes the next arrival if it is due at `now`; call again until nil.
    package mutating func arrival(now: Int64) -> Arrival? {
        guard let due = next, due.intendedStart <= now else { return nil }
        let isQueued = waiting > 0 || inFlight >= capacity
        if isQueued, policy == .queue, waiting == 0 {
            // The queue begins here, with this arrival at its head.
            head = due
            trailing = arrivals
        }
        next = DispatchStateMachine.take(&arrivals)
        guard isQueued else {
            inFlight += 1
            return .start(due)
        }
        saturations += 1
        switch policy {
        case .queue:
            waiting += 1
            return .queued(due)
        case .drop:
            return .dropped(due)
        }
    }

    /// An iteration has ended. Returns the waiting iteration that may start now, if any.
    package mutating func completed() -> PlannedIteration? {
        precondition(inFlight > 0, "an iteration completed while none was in flight")
        inFlight -= 1
        guard waiting > 0, let first = takeWaiting() else { return nil }
        waiting -= 1
        inFlight += 1
        return first
    }

    /// Ends the plan now. Returns how many waiting arrivals will never start.
    package mutating func stop() -> UInt64 {
        next = nil
        defer { waiting = 0 }
        return waiting
    }

    private mutating func takeWaiting() -> PlannedIteration? {
        if let first = head {
            head = nil
            return first
        }
        guard var cursor = trailing.take() else { return nil }
        defer { trailing = cursor }
        return DispatchStateMachine.take(&cursor)
    }

    private static func take(_ cursor: inout ArrivalCursor) -> PlannedIteration? {
        cursor.next().map { PlannedIteration(index: $0.index, intendedStart: $0.intendedStart) }
    }
}
