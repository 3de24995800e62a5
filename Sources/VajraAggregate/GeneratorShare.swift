// SPDX-License-Identifier: Apache-2.0

import VajraMetrics

/// How much of one percentile of the response time may be the generator's own lag. An upper bound: docs/design/0007
/// has the proof.
package struct GeneratorShare: Sendable, Equatable {
    /// The percentiles that the honesty grade rests on.
    static let graded: [(name: String, quantile: Double)] = [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)]

    /// The percentile itself, nanoseconds.
    package let response: UInt64
    /// The part that may be the generator's own lag, nanoseconds.
    package let part: UInt64

    /// The same as a share, 0 to 1.
    package var value: Double { response > 0 ? Double(part) / Double(response) : 0 }

    /// The best grade that it allows the figure.
    package var grade: Honesty.Grade { Finding.grade(value, a: 0.05, b: 0.10) }
}

extension ScenarioFigures {
    /// How much of this quantile of the response time may be the generator's; nil if that is unknown.
    ///
    /// Two bounds hold, and the smaller is the better one. The target's part is not below the same quantile of the
    /// service time. And all but half of the responses at and above the quantile have no more generator lag than
    /// the lag's quantile in the middle of that tail.
    package func generatorShare(ofQuantile quantile: Double) -> GeneratorShare? {
        guard isOpen, !metrics.responseTime.isEmpty, !metrics.pacingLag.isEmpty else { return nil }
        let response = metrics.responseTime.value(atQuantile: quantile)
        let service = metrics.serviceTime.value(atQuantile: quantile)
        let late = metrics.pacingLag.value(atQuantile: (1 + quantile) / 2)
        return GeneratorShare(response: response, part: min(response - min(service, response), late))
    }
}
