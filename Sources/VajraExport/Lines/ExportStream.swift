// SPDX-License-Identifier: Apache-2.0

package import VajraWire

/// The kinds of file that an export is made of, each in a folder of its name.
package enum ExportStream: String, Sendable, CaseIterable {
    /// `log` lines.
    case logs
    /// `span` lines.
    case traces
    /// What describes the run and its figures: `run_started`, `snapshot`, `event`, `run_ended`, `aggregate`, `summary`.
    case metrics
    /// `iteration` lines.
    case iterations
    /// Lines of a type that this build does not know, and lines that are not JSON: kept, not judged.
    case other

    /// The stream that a line of the type belongs to; nil is a type that this build does not know.
    package init(of type: LineType?) {
        switch type {
        case .log: self = .logs
        case .span: self = .traces
        case .iteration: self = .iterations
        case .runStarted, .snapshot, .event, .runEnded, .aggregate, .summary: self = .metrics
        case nil: self = .other
        }
    }

    /// The stream's position in `allCases`, from 0.
    package var index: Int {
        switch self {
        case .logs: 0
        case .traces: 1
        case .metrics: 2
        case .iterations: 3
        case .other: 4
        }
    }
}
