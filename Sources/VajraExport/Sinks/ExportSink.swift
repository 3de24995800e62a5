// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// Where an export goes: files, and later a collector or a scrape page. It gets each line of the stream once, in the
/// order of reading, on the thread that reads.
///
///     take … tick … take … (hurry) … take … finish
///
/// No call may throw or block for long, because other sinks wait behind it. A sink that can no longer write reports
/// this once, counts the lines that still come, and returns the loss from ``finish(_:)``.
package protocol ExportSink: AnyObject {
    /// Takes a line without its newline. The bytes are valid during the call only.
    ///
    /// - Parameter entry: The line's facts, read once for all sinks.
    func take(_ line: UnsafeRawBufferPointer, _ entry: LineIntake.Entry, at now: MonotonicInstant)

    /// When ``tick(at:)`` has something to do even if no line comes; nil when it has nothing.
    var deadline: MonotonicInstant? { get }

    /// Does what is due.
    func tick(at now: MonotonicInstant)

    /// Delivers what waits, at once: the process may soon be ended by force.
    func hurry()

    /// Delivers the rest, and ends.
    func finish(_ end: ExportEnd) -> SinkOutcome
}

/// How far an export came with its input.
package enum ExportEnd: String, Sendable {
    /// All input was read to its end.
    case complete
    /// A second signal stopped it before the end of the input.
    case interrupted
    /// Some input could not be read.
    case failed
}

/// How a sink ended.
package struct SinkOutcome: Sendable {
    /// Lines that were not delivered, and their bytes.
    package let lost: LineTally
    /// Whether anything at all was not delivered; then the export ends with 74.
    package let hasFailed: Bool
    /// What was not delivered, a text for each destination.
    package let losses: [String]

    package init(lost: LineTally, hasFailed: Bool, losses: [String]) {
        self.lost = lost
        self.hasFailed = hasFailed
        self.losses = losses
    }
}
