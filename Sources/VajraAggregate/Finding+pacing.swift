// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraModel

extension Finding {
    /// How late the generator noticed arrivals, and so how much later than planned the target got the load.
    static func lateness(_ name: String, _ figures: ScenarioFigures) -> [Finding] {
        let metrics = figures.metrics
        guard figures.isOpen, !metrics.pacingLag.isEmpty else { return [] }
        let late = Double(metrics.pacingLag.value(atQuantile: 0.99))
        let response = Double(metrics.responseTime.value(atQuantile: 0.99))
        let isAnotherLoad = late > 20e6 && late > response / 4
        let grade = isAnotherLoad ? .d : Finding.grade(late, a: 5e6, b: 20e6)
        let cause = grade >= .c ? ": the generator was short of CPU or was held up" : ""
        let text = "generator lag p99 \(DurationText.text(UInt64(late)))\(cause)"
        return [Finding(subject: .lateness, grade: grade, scenario: name, weight: late, text: text)]
    }

    /// How much of the response times may be the generator's own lag, by the worst of the percentiles that are graded.
    static func share(_ name: String, _ figures: ScenarioFigures) -> [Finding] {
        let shares = GeneratorShare.graded.compactMap { percentile in
            figures.generatorShare(ofQuantile: percentile.quantile).map { (name: percentile.name, share: $0) }
        }
        guard let first = shares.first else { return [] }
        let worst = shares.dropFirst().reduce(first) { $1.share.value > $0.share.value ? $1 : $0 }
        let grade = worst.share.grade
        let of = "(\(DurationText.text(worst.share.part)) of \(DurationText.text(worst.share.response))"
        let percent = Percent.text(worst.share.value)
        var text = "at most \(percent) of response p50 to p99 is the generator's own lag \(of) at \(worst.name))"
        if worst.share.part == 0 {
            text = "none of response p50 to p99 is the generator's own lag"
        } else if grade > .a {
            let clean = shares.filter { $0.share.grade == .a }.map(\.name).joined(separator: ", ")
            text =
                "up to \(percent) of response \(worst.name) is the generator's own lag \(of)); "
                + "free of it: \(clean.isEmpty ? "service time alone" : "service time, and response \(clean)")"
        }
        return [Finding(subject: .share, grade: grade, scenario: name, weight: worst.share.value, text: text)]
    }
}
