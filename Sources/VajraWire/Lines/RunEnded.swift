// SPDX-License-Identifier: Apache-2.0

import VajraJSON
package import VajraMetrics

/// Why a source ended.
package enum EndReason: String, Sendable, CaseIterable {
    /// The plan was carried out to its end.
    case completed
    /// SIGINT, SIGTERM or a stop command ended it early, after a drain.
    case interrupted
    /// A task could not be set up, or the generator itself failed.
    case failed
    /// The reader of the stream went away.
    case readerGone = "reader_gone"
}

/// `run_ended`: a source has ended. It has the source's totals, and how many lines of each type the source has written:
/// the proof that nothing is missing. If it is too long for one line, it comes in parts that add up.
package struct RunEnded: Sendable, Equatable {
    /// One scenario's totals.
    package struct Scenario: Sendable, Equatable {
        /// The scenario's name.
        package var name: String
        /// Everything measured, from start to end.
        package var metrics: ScenarioMetrics
        /// From the plan's instant 0 to the plan's end, the stop or the last start, whichever was last; nanoseconds.
        package var loadTime: Int64
        /// From the plan's instant 0 to the plan's end or the stop; nanoseconds.
        package var plannedTime: Int64

        package init(name: String, metrics: ScenarioMetrics, loadTime: Int64, plannedTime: Int64) {
            self.name = name
            self.metrics = metrics
            self.loadTime = loadTime
            self.plannedTime = plannedTime
        }
    }

    /// Why the source ended.
    package var reason: EndReason
    /// The signal that ended it (1, 2 or 15); 0 when none did.
    package var signal: Int32
    /// What failed, in words; empty unless the reason is `failed`.
    package var message: String
    /// Which part this is, from 1, of how many.
    package var part: Int
    package var parts: Int
    /// When the source ended, microseconds since the Unix epoch.
    package var endUnixMicroseconds: Int64
    package var scenarios: [Scenario]
    /// How the generator fared over the whole run.
    package var health: Health
    /// How many lines of each type the source has written, this one and its other parts included.
    package var lines: [(type: String, count: UInt64)]

    /// The end of a source.
    package init(
        reason: EndReason, signal: Int32 = 0, message: String = "", part: Int = 1, parts: Int = 1,
        endUnixMicroseconds: Int64, scenarios: [Scenario], health: Health, lines: [(type: String, count: UInt64)] = []
    ) {
        self.reason = reason
        self.signal = signal
        self.message = message
        self.part = part
        self.parts = parts
        self.endUnixMicroseconds = endUnixMicroseconds
        self.scenarios = scenarios
        self.health = health
        self.lines = lines
    }

    package static func == (left: RunEnded, right: RunEnded) -> Bool {
        left.reason == right.reason && left.signal == right.signal && left.message == right.message
            && left.part == right.part && left.parts == right.parts && left.scenarios == right.scenarios
            && left.endUnixMicroseconds == right.endUnixMicroseconds && left.health == right.health
            && left.lines.elementsEqual(right.lines) { $0 == $1 }
    }

    /// The same end as `count` parts for each scenario: the counts in the first part, the histograms by value range.
    func split(into count: Int) -> [RunEnded] {
        var pieces: [RunEnded] = []
        for scenario in scenarios {
            for metrics in scenario.metrics.split(into: count) {
                var piece = self
                var share = scenario
                share.metrics = metrics
                piece.scenarios = [share]
                pieces.append(piece)
            }
        }
        for index in pieces.indices {
            pieces[index].part = index + 1
            pieces[index].parts = pieces.count
            if index > 0 { pieces[index].health = Health() }
        }
        return pieces
    }
}
