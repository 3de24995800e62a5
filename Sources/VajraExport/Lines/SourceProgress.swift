// SPDX-License-Identifier: Apache-2.0

import VajraWire

/// How much of one source's lines has come.
package struct SourceProgress: Sendable, Equatable {
    /// The place of the source's run among the runs.
    package let run: Int
    /// The source's name.
    package let source: String

    package private(set) var lines: UInt64 = 0
    /// Lines whose number had come before.
    package private(set) var duplicates: UInt64 = 0

    /// Bounded, because an exporter must survive any input; 4096 gaps are far more than a torn stream has.
    private var sequence = SequenceRanges(limit: 4096)
    private var endLines: UInt64 = 0
    private var endParts: UInt64 = 1

    init(run: Int, source: String) {
        self.run = run
        self.source = source
    }

    mutating func take(_ facts: LineFacts) {
        lines += 1
        if !sequence.insert(facts.sequence) { duplicates += 1 }
        guard facts.type == .runEnded else { return }
        endLines += 1
        endParts = max(endParts, facts.parts)
    }

    package var highestSequence: UInt64 { sequence.highest }
    /// Lines that have not come, up to the highest number.
    package var missing: UInt64 { sequence.missing }
    /// Whether the source has said that it ended, in all of the lines that this takes.
    package var hasEnded: Bool { endLines >= endParts }
    /// Whether every line has come exactly once, the end included.
    package var isComplete: Bool { hasEnded && missing == 0 && duplicates == 0 }
}
