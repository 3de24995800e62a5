// SPDX-License-Identifier: Apache-2.0

package import VajraModel
import VajraAggregate
import VajraCLI
import VajraLive
import VajraSystem
import VajraWire

/// A run whose lanes are launched and wait: it becomes ready, is started at an instant, and is carried to its end.
package struct PreparedRun {
    private let description: RunDescription
    private let coordinator: RunCoordinator
    private let writer: StreamWriter
    private let signals: ProcessSignals
    private let showsReport: Bool

    init(
        _ description: RunDescription, _ coordinator: RunCoordinator, _ writer: StreamWriter, _ signals: ProcessSignals,
        showsReport: Bool
    ) {
        self.description = description
        self.coordinator = coordinator
        self.writer = writer
        self.signals = signals
        self.showsReport = showsReport
    }

    /// Prepares the task instances. False when that failed, a signal came or the reader went. Then there is nothing to
    /// start, and ``finish()`` says why.
    package func becomeReady() -> Bool { coordinator.becomeReady() }

    /// Starts the load; the instant is the plan's instant 0.
    package func start(at instant: MonotonicInstant) { coordinator.start(at: instant) }

    /// Carries the run to its end, delivers its stream, and judges it. Returns the exit status; if it is not 0, a line
    /// on standard error says why.
    package func finish() -> ExitStatus {
        let end = coordinator.finish()
        ChildProcess.killAll()
        switch deliver(end) {
        case .delivered: return judge(end)
        case .readerGone: return explained("stopped: the reader of the stream went away", .readerGone)
        case .failed(let reason):
            return failed("writing the stream: \(reason); the run's end is missing in it")
        case .timedOut: return failed("the stream's reader did not take the end of the run in time")
        }
    }

    /// After a signal the whole pipeline must end within 5 s, whatever the reader does. Without a signal there is no
    /// limit.
    private func deliver(_ end: RunEnded) -> StreamWriter.Result {
        guard end.reason == .completed else { return writer.close(within: 1_500_000_000) }
        var result = writer.close(within: 0)
        while result == .timedOut, signals.next() == nil { result = writer.close(within: 50_000_000) }
        return result == .timedOut ? writer.close(within: 1_500_000_000) : result
    }

    private func judge(_ end: RunEnded) -> ExitStatus {
        var aggregator = Aggregator(isPartial: true)
        var started = coordinator.startLine
        // The rules are for the whole run, so they do not judge a share; vajra-agg judges all shares together.
        if description.settings.segment != .whole { started?.thresholds = [] }
        let lines = [started.map(LineBody.runStarted), coordinator.firstFailure.map(LineBody.log), .runEnded(end)]
        for (index, body) in lines.compactMap(\.self).enumerated() {
            let envelope = Envelope(
                runID: description.runID.description, source: description.source, sequence: UInt64(index + 1))
            _ = try? aggregator.take(envelope, body)
        }
        let summary = aggregator.summary()
        if showsReport {
            FileDescriptor.standardOutput.print(
                SummaryOutput.text(summary, noColor: description.settings.isColourRefused))
        }
        if end.reason == .failed { return explained("failed: \(end.message)", summary.exitStatus) }
        SummaryOutput.explain(summary, by: description.settings.tool)
        return summary.exitStatus
    }

    private func failed(_ reason: String) -> ExitStatus {
        ToolMessage.error(description.settings.tool, reason)
        return .inputOutput
    }

    private func explained(_ reason: String, _ status: ExitStatus) -> ExitStatus {
        ToolMessage.note(description.settings.tool, reason)
        return status
    }
}
