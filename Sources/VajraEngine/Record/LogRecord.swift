// SPDX-License-Identifier: Apache-2.0

/// Something that a task, or a command that it runs, has said.
package struct LogRecord: Sendable {
    /// How bad it is.
    package enum Severity: Sendable {
        case info
        case warning
        case error
    }

    /// How bad it is.
    package let severity: Severity
    /// What was said, one line.
    package let body: String
    /// The task instance, `scenario/lane`.
    package let taskID: String
    /// What else is known, by name.
    package let attributes: [(String, String)]
    /// How many left-out records this record stands for.
    package let leftOut: UInt64

    package init(
        severity: Severity, body: String, taskID: String, attributes: [(String, String)] = [], leftOut: UInt64 = 0
    ) {
        self.severity = severity
        self.body = body
        self.taskID = taskID
        self.attributes = attributes
        self.leftOut = leftOut
    }
}

/// Where log records go; may be called from any thread, and never blocks.
package typealias LogSink = @Sendable (LogRecord) -> Void
