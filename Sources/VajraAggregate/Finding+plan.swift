// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel

extension Finding {
    /// The share of the plan that never started, and the drift of the rate.
    ///
    /// - Parameter isGeneratorSlow: Whether the generator was so slow that it caused the waits for a place in flight;
    ///   if not, the target did.
    static func plan(_ name: String, _ figures: ScenarioFigures, isGeneratorSlow: Bool) -> [Finding] {
        let planned = figures.metrics.counts.planned
        guard figures.isOpen, planned > 0 else { return [] }
        let missed = isGeneratorSlow ? figures.neverStarted : figures.unnoticed
        let drift = isGeneratorSlow ? figures.drift : figures.ownDrift
        // A run shorter than a few seconds drifts by its last start alone: 5 ms of 1 s are 0.5 %.
        let grade = max(
            Finding.grade(missing: Double(missed) / Double(planned)),
            Finding.grade(abs(drift), a: 0.002, b: 0.01, c: 0.05))
        let held =
            missed > 0
            ? "\(missed) of \(planned) never started"
            : figures.neverStarted > 0 ? "every planned iteration was noticed" : "every planned iteration started"
        let part =
            abs(figures.drift - drift) < 0.0005 ? "" : ", the generator's part \(Percent.text(drift, signed: true))"
        let cause =
            grade >= .c
            ? ": the generator was too slow; give it more lanes, processors or sources, or ask for less" : ""
        let text = "\(held), drift \(Percent.text(figures.drift, signed: true))\(part)\(cause)"
        let finding = Finding(subject: .plan, grade: grade, scenario: name, weight: abs(drift), text: text)
        return [finding] + places(name, figures, isGeneratorSlow: isGeneratorSlow)
    }

    /// Whether arrivals waited because all places in flight were taken. Slow answers cause that, so the target causes
    /// the wait. The wait is in the response time, unless the arrival never started.
    private static func places(_ name: String, _ figures: ScenarioFigures, isGeneratorSlow: Bool) -> [Finding] {
        let metrics = figures.metrics
        let places = figures.maxInFlight > 0 ? "one of \(figures.maxInFlight) places in flight" : "a place in flight"
        let waited = metrics.lag.value(atQuantile: 0.99)
        let noticeable = 10 * max(metrics.pacingLag.value(atQuantile: 0.99), 1_000_000)
        if isGeneratorSlow {
            guard waited > noticeable, metrics.lag.value(atQuantile: 0.5) > noticeable else { return [] }
            let text =
                "most arrivals waited for \(places) (lag p99 \(DurationText.text(waited))): the generator was too slow"
            return [Finding(subject: .places, grade: .c, scenario: name, text: text)]
        }
        let lost = figures.neverStarted - figures.unnoticed
        if lost > 0 {
            let share = Double(lost) / Double(metrics.counts.planned)
            let none = figures.maxInFlight > 0 ? "none of \(figures.maxInFlight) places" : "no place"
            let text =
                "\(lost) of \(metrics.counts.planned) found \(none) in flight free: the target was slower than the plan; "
                + "their waits are missing from the figures"
            return [
                Finding(
                    subject: .places, grade: min(.c, grade(missing: share)), scenario: name, weight: share, text: text)
            ]
        }
        guard waited > noticeable else { return [] }
        let text =
            "arrivals waited for \(places) (lag p99 \(DurationText.text(waited))): "
            + "the target was slower than the plan; the wait is in the response time"
        return [Finding(subject: .places, grade: .a, scenario: name, weight: Double(waited), text: text)]
    }

    /// Iterations that failed at limits of the generator's own machine or process.
    static func limits(_ name: String, _ figures: ScenarioFigures) -> [Finding] {
        let counts = figures.metrics.counts
        let hits = figures.limitFailures
        guard !hits.isEmpty else { return [] }
        let failed = hits.reduce(0) { $0 &+ $1.count }
        let share = Double(failed) / Double(max(1, max(counts.planned, failed)))
        let causes = hits.map { "\($0.count) \($0.kind) (\($0.remedy))" }.joined(separator: ", ")
        let text = "\(failed) of \(counts.planned) failed at limits of the generator itself: \(causes)"
        return [Finding(subject: .limits, grade: grade(missing: share), scenario: name, weight: share, text: text)]
    }
}
