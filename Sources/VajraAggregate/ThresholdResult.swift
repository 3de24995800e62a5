// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
package import VajraModel

/// What became of one threshold: kept or missed, and by which figure.
package struct ThresholdResult: Sendable, Equatable {
    /// The threshold as it is written.
    package let expression: String
    /// The threshold; nil for one that this version does not understand.
    package let threshold: Threshold?
    /// The figure, in the unit of the threshold's measure; nil when there is none.
    package let actual: Double?
    /// Whether it was kept. A threshold without a figure is not kept.
    package let isPassed: Bool
    /// Why there is no figure, as a phrase; empty when there is one.
    package let reason: String

    /// A threshold of a source that this version does not understand.
    init(unknown expression: String, _ error: UnitParseError) {
        self.expression = expression
        threshold = nil
        actual = nil
        isPassed = false
        reason = "not understood: \(error.cause)"
    }

    /// A threshold over the figures of a run.
    init(_ threshold: Threshold, scenarios: [(name: String, figures: ScenarioFigures)], total: ScenarioFigures) {
        expression = threshold.description
        self.threshold = threshold
        var figures: ScenarioFigures? = total
        if let name = threshold.scenario { figures = scenarios.first { $0.name == name }?.figures }
        actual = figures.flatMap { $0.figure(of: threshold.measure) }
        isPassed = actual.map { threshold.comparison.holds($0, threshold.bound) } ?? false
        reason = figures == nil ? "there is no such scenario" : actual == nil ? "nothing was measured" : ""
    }

    /// The results of all thresholds, in their order, each only once.
    package static func all(
        _ thresholds: [Threshold], announced: [String], scenarios: [(name: String, figures: ScenarioFigures)],
        total: ScenarioFigures
    ) -> [ThresholdResult] {
        var results: [ThresholdResult] = []
        var seen: Set<String> = []
        // Every source of a run announces the same ones.
        for expression in announced where seen.insert(expression).inserted {
            do throws(UnitParseError) {
                results.append(
                    ThresholdResult(try Threshold(parsing: expression), scenarios: scenarios, total: total))
            } catch {
                results.append(ThresholdResult(unknown: expression, error))
            }
        }
        for threshold in thresholds where seen.insert(threshold.description).inserted {
            results.append(ThresholdResult(threshold, scenarios: scenarios, total: total))
        }
        return results
    }
}

extension ScenarioFigures {
    /// The figure that a threshold compares; nil if nothing was measured for it.
    fileprivate func figure(of measure: Threshold.Measure) -> Double? {
        let counts = metrics.counts
        switch measure {
        case .time(let times, let statistic):
            let histogram =
                switch times {
                case .responseTime: metrics.responseTime
                case .serviceTime: metrics.serviceTime
                case .lag: metrics.lag
                }
            return histogram.isEmpty ? nil : histogram.figure(statistic)
        case .failureRate: return counts.completed > 0 ? Double(counts.failed) / Double(counts.completed) : nil
        case .dropRate: return counts.planned > 0 ? Double(counts.dropped) / Double(counts.planned) : nil
        case .achievedRate: return loadTime > startTime ? achievedRate : nil
        case .count(let count):
            return switch count {
            case .planned: Double(counts.planned)
            case .started: Double(counts.started)
            case .completed: Double(counts.completed)
            case .succeeded: Double(counts.succeeded)
            case .failed: Double(counts.failed)
            case .dropped: Double(counts.dropped)
            }
        }
    }
}

extension Histogram {
    fileprivate func figure(_ statistic: Threshold.Statistic) -> Double {
        switch statistic {
        case .min: Double(min)
        case .mean: mean
        case .max: Double(max)
        case .percentile(_, let quantile): Double(value(atQuantile: quantile))
        }
    }
}
