// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// `log`: one log record, tied to the run, the task instance and the trace that it belongs to.
package struct LogLine: Sendable, Equatable {
    /// How bad it is, in OpenTelemetry's words.
    package enum Severity: String, Sendable, CaseIterable {
        case trace = "TRACE"
        case debug = "DEBUG"
        case info = "INFO"
        case warning = "WARN"
        case error = "ERROR"
        case fatal = "FATAL"
    }

    /// When it was said, microseconds since the Unix epoch.
    package var timeUnixMicroseconds: Int64
    package var severity: Severity
    package var body: String
    /// The task instance, `scenario/lane`; empty when no task said it.
    package var taskID: String
    /// The trace and span, lower-case hex; empty outside of a trace.
    package var traceID: String
    package var spanID: String
    package var attributes: [(String, String)]

    package init(
        timeUnixMicroseconds: Int64, severity: Severity, body: String, taskID: String = "", traceID: String = "",
        spanID: String = "", attributes: [(String, String)] = []
    ) {
        self.timeUnixMicroseconds = timeUnixMicroseconds
        self.severity = severity
        self.body = body
        self.taskID = taskID
        self.traceID = traceID
        self.spanID = spanID
        self.attributes = attributes
    }

    package static func == (left: LogLine, right: LogLine) -> Bool {
        left.timeUnixMicroseconds == right.timeUnixMicroseconds && left.severity == right.severity
            && left.body == right.body && left.taskID == right.taskID && left.traceID == right.traceID
            && left.spanID == right.spanID && left.attributes.elementsEqual(right.attributes) { $0 == $1 }
    }
}

extension LogLine {
    func encode(into writer: inout JSONWriter) {
        writer.field("time_unix_us", timeUnixMicroseconds)
        writer.field("severity", severity.rawValue)
        writer.field("body", body)
        writer.field("task_id", taskID)
        writer.field("trace_id", traceID)
        writer.field("span_id", spanID)
        writer.encodeAttributes(attributes)
    }

    init(decoding scanner: inout JSONScanner) throws(WireError) {
        self.init(timeUnixMicroseconds: 0, severity: .info, body: "")
        var severityText = ""
        var required = RequiredFields("time_unix_us", "severity", "body")
        do throws(JSONError) {
            try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
                required.note(key)
                switch key {
                case "time_unix_us": timeUnixMicroseconds = try value.readAmount()
                case "severity": severityText = try value.readString()
                case "body": body = try value.readString()
                case "task_id": taskID = try value.readString()
                case "trace_id": traceID = try value.readString()
                case "span_id": spanID = try value.readString()
                case "attributes": attributes = try value.readAttributes()
                default: try value.skipValue()
                }
            }
        } catch {
            throw .json(error)
        }
        try required.check()
        guard let severity = Severity(rawValue: severityText) else {
            let allowed = Severity.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(field: "severity", reason: "'\(severityText.prefix(40))' is not one of \(allowed)")
        }
        self.severity = severity
    }
}
