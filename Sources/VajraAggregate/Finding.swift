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
        let cause = grade >= .c && missed > 0 ? "; raise --max-in-flight or --lanes, or ask for less" : ""
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
        // A tenth of a second is never small: the generator's own delays make the responses long that it hides behind.
        let best = late > 100_000_000 ? max(.c, min(byTime, byRatio)) : min(byTime, byRatio)
        let advice = best >= .c ? ": the generator was short of CPU or was held up" : ""
        var findings = [
            Finding(
                grade: best,
                text: "\(name): generator lag p99 \(DurationText.text(late)), "
                    + "\(Percent.text(ratio)) of response p99\(advice)")
        ]
        if let finding = saturation(name, figures, late: late) { findings.append(finding) }
        return findings
    }

    /// Whether arrivals waited because as many iterations as allowed were in flight. A stall of the target does that
    /// too, and is measured as it should be; where even the median waited, the limit itself shapes the figures.
    private static func saturation(_ name: String, _ figures: ScenarioFigures, late: UInt64) -> Finding? {
        let lag = figures.metrics.lag
        let waited = lag.value(atQuantile: 0.99)
        guard waited > 10 * max(late, 1_000_000) else { return nil }
        let places = figures.maxInFlight > 0 ? "one of \(figures.maxInFlight) places" : "a place"
        let text = "\(name): arrivals waited for \(places) in flight (lag p99 \(DurationText.text(waited)))"
        let isLasting = lag.value(atQuantile: 0.5) > 10 * max(late, 1_000_000)
        return isLasting
            ? Finding(grade: .c, text: "\(text), most of them: raise --max-in-flight, or ask for less")
            : Finding(grade: .a, text: "\(text): the target was slower than the plan; the wait is in the response time")
    }

    /// The busiest lane's share of one processor, and how much it had to wait for one.
    static func processor(_ health: [Health]) -> [Finding] {
        let measured = health.filter { $0.elapsed > 0 }
        guard let busiest = measured.map({ Double($0.busiestLaneCPU) / Double($0.elapsed) }).max() else { return [] }
        // In a run of milliseconds a single turn of another program is most of the time, and says nothing.
        let lasting = measured.filter { $0.elapsed >= 1_000_000_000 }
        let waited = lasting.map { Double($0.processorWait) / Double($0.elapsed) }.max() ?? 0
        let waiting = Finding(
            grade: Finding.grade(waited, a: 0.10, b: 0.25, c: 0.50),
            text: "a lane waited \(Percent.text(waited)) of the time for a processor: others took it")
        let grade: Honesty.Grade = busiest < 0.80 ? .a : busiest < 0.95 ? .b : .c
        let advice = grade == .a ? "" : ": give it more lanes or workers"
        let used = Finding(grade: grade, text: "busiest lane used \(Percent.text(busiest)) of a processor\(advice)")
        return waiting.grade == .a ? [used] : [used, waiting]
    }

    /// How long the stream's reader held up its writer, and what was left out for it.
    static func output(_ health: [Health]) -> [Finding] {
        var sum = Health()
        for one in health { sum.merge(one) }
        let share = sum.elapsed > 0 ? Double(sum.outputBlocked) / Double(sum.elapsed) : 0
        let left = sum.spansDropped &+ sum.logsDropped &+ sum.iterationsDropped
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
