// SPDX-License-Identifier: Apache-2.0

import VajraModel
import VajraEngine
import VajraLifecycle
import VajraSystem
import VajraWire

extension LogLine {
    init(_ record: LogRecord, timeUnixMicroseconds: Int64) {
        let severity: Severity =
            switch record.severity {
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        self.init(
            timeUnixMicroseconds: timeUnixMicroseconds, severity: severity, body: record.body, taskID: record.taskID,
            attributes: record.attributes)
    }
}

extension IterationLine {
    init(_ record: IterationRecord, scenario: String, anchor: ClockAnchor) {
        self.init(
            scenario: scenario, index: record.index,
            intendedUnixMicroseconds: anchor.unixMicroseconds(at: record.intended),
            startedUnixMicroseconds: anchor.unixMicroseconds(at: record.started),
            endedUnixMicroseconds: anchor.unixMicroseconds(at: record.ended),
            responseTime: record.ended.nanoseconds(since: record.intended),
            serviceTime: record.ended.nanoseconds(since: record.started),
            failure: record.outcome.failure?.rawValue, status: record.outcome.status?.name,
            bytesSent: record.outcome.bytesSent, bytesReceived: record.outcome.bytesReceived)
    }
}

extension Outcome.Status {
    fileprivate var name: String {
        switch self {
        case .code(let code): String(code)
        case .text(let text): String(text.prefix(64))
        }
    }
}
