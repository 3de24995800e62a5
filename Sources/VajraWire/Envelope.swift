// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// What every line begins with: its run, its source, and its number in that source.
package struct Envelope: Sendable, Equatable {
    package var runID: String
    /// The name of the process that wrote the line.
    package var source: String
    /// The line's number in its source, from 1 and without gaps.
    package var sequence: UInt64

    package init(runID: String, source: String, sequence: UInt64) {
        self.runID = runID
        self.source = source
        self.sequence = sequence
    }
}

extension Envelope {
    /// Writes the beginning of a line of this type, up to its number.
    func encodeHead(of type: String, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("type", type)
        writer.field("v", WireFormat.version)
        writer.field("run_id", runID)
        writer.field("source", source)
    }
}

/// The wire format's version and limits.
package enum WireFormat {
    /// The version that this build writes, and the only one that it reads.
    package static let version: Int64 = 1
    /// The longest line that this build writes, newline included: less than the 64 KiB that a pipe holds.
    package static let lineLimit = 60 * 1024
}
