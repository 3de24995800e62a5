// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel
import VajraWire

/// The verdict on a run, and what is wrong with it.
struct Judgement {
    let verdict: Summary.Verdict
    let exitStatus: ExitStatus
    let problems: [String]

    /// The first of these that applies: stopped by a signal, reader gone, failed, damaged input, plan not held,
    /// threshold missed.
    init(
        sources: [Summary.Source], total: ScenarioFigures, honesty: Honesty, badLines: UInt64,
        isThresholdMissed: Bool, isPartial: Bool = false
    ) {
        let shares = isPartial ? [] : ShareCheck(sources).problems
        var problems = shares
        var isShort = false
        for source in sources {
            let name = source.key.source
            switch source.reason {
            case .failed: problems.append("source \(name) failed: \(source.message)")
            case .readerGone: problems.append("the reader of source \(name) went away")
            case nil:
                problems.append(
                    "source \(name) has no run_ended: it was killed, still runs, or its stream was cut off; "
                        + "its figures are those of the snapshots that came")
            case .completed, .interrupted: break
            }
            if source.reason == .completed, let total = source.figures.planTotal,
                source.figures.metrics.counts.planned < total
            {
                isShort = true
                problems.append("source \(name) says that it completed its plan, but planned fewer than \(total)")
            }
            if source.gaps > 0 { problems.append("\(source.gaps) lines of source \(name) are missing") }
        }
        let counts = total.metrics.counts
        // Failures at the generator's own limits say nothing about the target.
        let isAllFailed =
            counts.succeeded == 0 && counts.completed > total.limitFailures.reduce(0) { $0 &+ $1.count }
        if isAllFailed { problems.append("not one of \(counts.completed) completed iterations succeeded") }
        if badLines > 0 { problems.append("\(badLines) lines of input could not be read") }
        self.problems = problems

        let signal = sources.first { $0.reason == .interrupted }?.signal
        if let signal {
            (verdict, exitStatus) = (.interrupted, ExitStatus(stoppedBy: signal))
        } else if sources.contains(where: { $0.reason == .readerGone }) {
            (verdict, exitStatus) = (.interrupted, .readerGone)
        } else if isAllFailed || sources.contains(where: { $0.reason == nil || $0.reason == .failed }) {
            (verdict, exitStatus) = (.fail, .runFailed)
        } else if badLines > 0 || isShort || !shares.isEmpty || sources.contains(where: { $0.gaps > 0 }) {
            (verdict, exitStatus) = (.fail, .badInput)
        } else if honesty.grade == .d {
            (verdict, exitStatus) = (.invalid, .planNotHeld)
        } else if isThresholdMissed {
            (verdict, exitStatus) = (.fail, .thresholdMissed)
        } else {
            (verdict, exitStatus) = (.pass, .passed)
        }
    }
}
