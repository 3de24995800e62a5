// SPDX-License-Identifier: Apache-2.0

import VajraEngine
import VajraSystem

/// Turns the lines of one command's output into log records, as many as ``LogRate`` allows. `Sendable` because only the
/// lane's thread uses it.
final class CommandLog: @unchecked Sendable {
    private let taskID: String
    private let log: LogSink
    private var rate = LogRate()

    init(taskID: String, log: @escaping LogSink) {
        self.taskID = taskID
        self.log = log
    }

    /// Takes a line that the command has written.
    func take(
        _ line: UnsafeRawBufferPointer, _ severity: LogRecord.Severity, _ attributes: [(String, String)]
    ) {
        switch rate.decide(line.count, at: Clock.now()) {
        case .leaveOut: return
        case .pass: break
        case .passTelling(let count): tell(count)
        }
        log(
            LogRecord(
                severity: severity, body: String(decoding: line, as: UTF8.self), taskID: taskID, attributes: attributes)
        )
    }

    /// Logs a message about the command itself.
    func say(_ severity: LogRecord.Severity, _ text: String) {
        log(LogRecord(severity: severity, body: text, taskID: taskID))
    }

    /// The command has ended: logs how many lines were left out since the last report.
    func finish() {
        let count = rate.takeLeftOut()
        if count > 0 { tell(count) }
    }

    private func tell(_ count: UInt64) {
        log(
            LogRecord(
                severity: .warning,
                body:
                    "\(count) lines of the command's output were left out: more than "
                    + "\(LogRate.perSecond) came in a second, or more than \(LogRate.bytesPerSecond / 1_000_000) MB",
                taskID: taskID, attributes: [("left_out", String(count))], leftOut: count))
    }
}
