// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraLifecycle

/// The lines of the co-process protocol: requests on the process's stdin, answers on its stdout, in any order.
///
///     → {"type":"initialize","run_id":"…","scenario":"…","task_id":"…"}
///     → {"type":"execute","id":7,"iteration":1234}
///     ← {"id":7,"outcome":"success","status":"201","bytes":512}
///     ← {"id":7,"outcome":"failure","kind":"timeout","message":"…"}
///     → {"type":"teardown"}
enum CoProcessMessage {
    /// A line that is no answer goes to the log.
    enum Reply {
        case answer(id: UInt64, Outcome)
        case malformedAnswer(id: UInt64, String)
        case other
    }

    static func initialize(_ context: ScenarioContext) -> [UInt8] {
        line("initialize") { writer in
            writer.field("run_id", context.runID)
            writer.field("scenario", context.scenario)
            writer.field("task_id", context.taskID)
        }
    }

    static func execute(id: UInt64, iteration: UInt64) -> [UInt8] {
        line("execute") { writer in
            writer.field("id", id)
            writer.field("iteration", iteration)
        }
    }

    static func teardown() -> [UInt8] {
        line("teardown") { _ in }
    }

    private static func line(_ type: String, _ fields: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 160)
        writer.beginObject()
        writer.field("type", type)
        fields(&writer)
        writer.endObject()
        writer.endLine()
        return writer.bytes
    }

    static func parse(_ line: UnsafeRawBufferPointer) -> Reply {
        guard line.first == UInt8(ascii: "{") else { return .other }
        var id: UInt64?
        var outcome = ""
        var kind = ""
        var message: String?
        var status: Outcome.Status?
        var bytes: UInt64 = 0
        do throws(JSONError) {
            var scanner = JSONScanner(line)
            try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
                switch key {
                case "id": id = try value.readUInt64()
                case "outcome": outcome = try value.readString()
                case "kind": kind = try value.readString()
                case "message": message = try value.readString()
                case "bytes": bytes = try value.readUInt64()
                case "status":
                    let isNumber = try value.peekKind() == .number
                    status = isNumber ? .code(Int(try value.readInt64())) : .text(try value.readString())
                default: try value.skipValue()
                }
            }
            try scanner.finish()
        } catch {
            guard let id else { return .other }
            return .malformedAnswer(id: id, "the answer is not valid: \(error)")
        }
        guard let id else { return .other }
        switch outcome {
        case "success": return .answer(id: id, .success(status: status, bytesReceived: bytes))
        case "failure":
            var failure = Outcome.failure(
                FailureKind(rawValue: kind.isEmpty ? "failure" : kind), status: status, message: message)
            failure.bytesReceived = bytes
            return .answer(id: id, failure)
        default:
            return .malformedAnswer(id: id, "\"outcome\" is '\(outcome.prefix(40))', not success or failure")
        }
    }
}
