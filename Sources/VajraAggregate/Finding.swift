// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel
import VajraWire

/// One thing found about how the generator fared, and the best grade that it allows.
struct Finding {
    let grade: Honesty.Grade
    let text: String

    /// The share of the plan that was never started, and the drift of the rate.
    static func plan(_ name: String, _ figures: ScenarioFigures) -> [Finding] {
        let counts = figures.metrics.counts
        guard figures.isOpen, counts.planned > 0 else { return [] }
        let missed = counts.planned > counts.started ? counts.planned - counts.started : 0
        let share = Double(missed) / Double(counts.planned)
        let drift = abs(figures.drift)
        // A run shorter than a few seconds drifts by its last start alone: 5 ms of 1 s are 0.5 %.
        let grade = max(
            Finding.grade(share, a: 0, b: 0.0001, c: 0.01), Finding.grade(drift, a: 0.002, b: 0.01, c: 0.05))
        let held = missed == 0 ? "every planned iteration started" : "\(missed) of \(counts.planned) never started"
        let percent = Percent.text(figures.drift, signed: true)
        let cause = grade >= .c && missed > 0 ? "; raise --max-in-flight, or ask for less" : ""
        return [Finding(grade: grade, text: "\(name): \(held), drift \(percent)\(cause)")]
    }

    /// How late the generator noticed arrivals, whatever the target did: its own delay, in every response time.
    static func pacing(_ name: String, _ figures: ScenarioFigures) -> [Finding] {
        let metrics = figures.metrics
        guard figures.isOpen, !metrics.pacingLag.isEmpty else { return [] }
        let late = metrics.pacingLag.value(atQuantile: 0.99)
        let response = metrics.responseTime.value(atQuantile: 0.99)
        let ratio = response > 0 ? Double(late) / Double(response) : 0
        let byTime = grade(Double(late), a: 1e6, b: 5e6, c: 20e6)
        let byRatio = grade(ratio, a: 0.05, b: 0.10, c: 0.25)
        let best = min(byTime, byRatio)
        let advice = best >= .c ? ": the generator was short of CPU or was held up" : ""
        var findings = [
            Finding(
                grade: best,
                text: "\(name): generator lag p99 \(DurationText.text(late)), "
                    + "\(Percent.text(ratio)) of response p99\(advice)")
        ]
        let waited = metrics.lag.value(atQuantile: 0.99)
        if waited > 10 * max(late, 1_000_000) {
            let text = "\(name): arrivals waited for a place in flight (lag p99 \(DurationText.text(waited))); "
            findings.append(
                Finding(grade: .a, text: text + "the wait is in the response time: the target was slower than the plan")
            )
        }
        return findings
    }

    /// The busiest lane's share of one processor.
    static func processor(_ health: [Health]) -> [Finding] {
        let shares = health.filter { $0.elapsed > 0 }.map { Double($0.busiestLaneCPU) / Double($0.elapsed) }
        guard let busiest = shares.max() else { return [] }
        let grade: Honesty.Grade = busiest < 0.80 ? .a : busiest < 0.95 ? .b : .c
        let advice = grade == .a ? "" : ": give it more lanes or workers"
        return [Finding(grade: grade, text: "busiest lane used \(Percent.text(busiest)) of a processor\(advice)")]
    }

    /// How long the stream's reader held up its writer, and what was left out for it.
    static func output(_ health: [Health]) -> [Finding] {
        var sum = Health()
        for one in health { sum.merge(one) }
        let share = sum.elapsed > 0 ? Double(sum.outputBlocked) / Double(sum.elapsed) : 0
        let left = sum.spansDropped + sum.logsDropped + sum.iterationsDropped
        if left > 0 {
            let text = "the stream's reader was too slow: \(left) log, span or iteration lines left out"
            return [Finding(grade: .b, text: text)]
        }
        if share < 0.01 { return [Finding(grade: .a, text: "output never blocked")] }
        return [Finding(grade: .a, text: "output blocked \(Percent.text(share)) of the time; nothing was lost")]
    }

    private static func grade(_ value: Double, a: Double, b: Double, c: Double) -> Honesty.Grade {
        value <= a ? .a : value <= b ? .b : value <= c ? .c : .d
    }
}
