// SPDX-License-Identifier: Apache-2.0

import VajraLifecycle
import VajraMetrics

/// A limit of the generator's own process or machine. An iteration that fails at it says nothing about the target.
struct GeneratorLimit {
    let kind: FailureKind
    /// What helps.
    let remedy: String

    static let all = [
        GeneratorLimit(
            kind: .addressExhausted, remedy: "keep connections alive, or widen net.ipv4.ip_local_port_range"),
        GeneratorLimit(kind: .fileLimit, remedy: "raise 'ulimit -n', or lower --max-in-flight"),
        GeneratorLimit(kind: .memoryLimit, remedy: "give it more memory, or lower --max-in-flight"),
        GeneratorLimit(kind: .processLimit, remedy: "raise 'ulimit -u', or lower --max-in-flight"),
    ]
}

extension ScenarioFigures {
    /// The failures at the generator's own limits.
    var limitFailures: [(kind: String, remedy: String, count: UInt64)] {
        metrics.counts.failures.sorted.compactMap { name, count in
            GeneratorLimit.all.first { $0.kind.rawValue == name }.map { (name, $0.remedy, count) }
        }
    }
}
