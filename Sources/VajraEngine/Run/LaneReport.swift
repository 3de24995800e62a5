// SPDX-License-Identifier: Apache-2.0

package import VajraMetrics
package import VajraSystem

/// What one lane reports at the end of an interval or of the run.
package struct LaneReport: Sendable {
    package let lane: Int
    /// The interval's number, from 0. The run's end cuts the last one short.
    package let tick: Int
    /// What was recorded of each scenario that the lane takes part in, by the scenario's number in the run.
    package let scenarios: [(index: Int, interval: ScenarioInterval)]
    /// The lane thread's CPU time since its last report, in nanoseconds.
    package let cpu: Int64
    /// How long the lane's thread had to wait for a processor since its last report, in nanoseconds.
    package let processorWait: Int64
    /// Whether this is the lane's last report.
    package let isFinal: Bool
}

/// A message of a lane to the coordinator.
package enum LaneMessage: Sendable {
    /// The task instances are ready.
    case initialized(lane: Int)
    /// Task instances could not be prepared, each with its scenario and the reason.
    case failed(lane: Int, [(scenario: String, reason: String)])
    /// The plan has no more arrivals on this lane; some may still wait or be in flight.
    case planEnded(lane: Int)
    /// An interval has ended.
    case report(LaneReport)
    /// All task instances are torn down.
    case tornDown(lane: Int)
}

/// Messages from the lanes to the coordinator, and emptied histograms on their way back.
package final class LaneMailbox: Sendable {
    private let state: Monitor<State>
    /// Readable while messages wait.
    package let wake: WakeEvent

    private struct State: Sendable {
        var messages: [LaneMessage] = []
        var spares: [ScenarioMetrics] = []
    }

    /// An empty mailbox.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    package init() throws(SystemError) {
        state = Monitor(State())
        wake = try WakeEvent()
    }

    /// Sends a message and wakes the coordinator.
    func send(_ message: LaneMessage) {
        state.withState { $0.messages.append(message) }
        wake.signal()
    }

    /// Takes all messages that have arrived.
    package func receive() -> [LaneMessage] {
        wake.clear()
        return state.withState { state in
            let messages = state.messages
            state.messages = []
            return messages
        }
    }

    /// Gives histograms back for the lanes to use again.
    package func recycle(_ metrics: consuming ScenarioMetrics) {
        var emptied = metrics
        emptied.reset()
        state.withState { $0.spares.append(emptied) }
    }

    func takeSpare() -> ScenarioMetrics {
        state.withState { $0.spares.popLast() } ?? ScenarioMetrics()
    }
}
