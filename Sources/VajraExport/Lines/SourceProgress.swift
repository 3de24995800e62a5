// SPDX-License-Identifier: Apache-2.0

import VajraWire

/// How much of one source's lines has come.
package struct SourceProgress: Sendable, Equatable {
    /// The index of the source's run.
    package let run: Int
    /// The source's name.
    package let source: String

    package private(set) var lines: UInt64 = 0
    /// Lines whose number had come before.
    package private(set) var duplicates: UInt64 = 0

    /// Bounded, because an exporter must survive any input. A torn stream has far fewer than 4096 gaps.
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
    /// Whether all lines of the source's end have come.
    package var hasEnded: Bool { endLines >= endParts }
    /// Whether every line has come exactly once, the end included.
    package var isComplete: Bool { hasEnded && missing == 0 && duplicates == 0 }
}
