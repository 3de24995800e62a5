// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// `iteration`: one iteration in full.
package struct IterationLine: Sendable, Equatable {
    /// The scenario, and the iteration's index in it.
    package var scenario: String
    package var index: UInt64
    /// When it was meant to start, started and ended, microseconds since the Unix epoch.
    package var intendedUnixMicroseconds: Int64
    package var startedUnixMicroseconds: Int64
    package var endedUnixMicroseconds: Int64
    /// The same as exact lengths in nanoseconds.
    package var responseTime: Int64
    package var serviceTime: Int64
    /// Nil for a success, else the failure kind.
    package var failure: String?
    package var status: String?
    package var bytesSent: UInt64
    package var bytesReceived: UInt64

    package init(
        scenario: String, index: UInt64, intendedUnixMicroseconds: Int64, startedUnixMicroseconds: Int64,
        endedUnixMicroseconds: Int64, responseTime: Int64, serviceTime: Int64, failure: String?, status: String?,
        bytesSent: UInt64, bytesReceived: UInt64
    ) {
        self.scenario = scenario
        self.index = index
        self.intendedUnixMicroseconds = intendedUnixMicroseconds
        self.startedUnixMicroseconds = startedUnixMicroseconds
        self.endedUnixMicroseconds = endedUnixMicroseconds
        self.responseTime = responseTime
        self.serviceTime = serviceTime
        self.failure = failure
        self.status = status
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
    }
}

extension IterationLine {
    func encode(into writer: inout JSONWriter) {
        writer.field("scenario", scenario)
        writer.field("index", index)
        writer.field("intended_unix_us", intendedUnixMicroseconds)
        writer.field("started_unix_us", startedUnixMicroseconds)
        writer.field("ended_unix_us", endedUnixMicroseconds)
        writer.field("response_time_ns", responseTime)
        writer.field("service_time_ns", serviceTime)
        writer.field("outcome", failure == nil ? "success" : "failure")
        if let failure { writer.field("kind", failure) }
        if let status { writer.field("status", status) }
        writer.field("bytes_sent", bytesSent)
        writer.field("bytes_received", bytesReceived)
    }

    init(decoding scanner: inout JSONScanner) throws(WireError) {
        self.init(
            scenario: "", index: 0, intendedUnixMicroseconds: 0, startedUnixMicroseconds: 0, endedUnixMicroseconds: 0,
            responseTime: 0, serviceTime: 0, failure: nil, status: nil, bytesSent: 0, bytesReceived: 0)
        var required = RequiredFields("scenario", "index", "outcome")
        do throws(JSONError) {
            try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
                required.note(key)
                switch key {
                case "scenario": scenario = try value.readString()
                case "index": index = try value.readCount()
                case "intended_unix_us": intendedUnixMicroseconds = try value.readAmount()
                case "started_unix_us": startedUnixMicroseconds = try value.readAmount()
                case "ended_unix_us": endedUnixMicroseconds = try value.readAmount()
                case "response_time_ns": responseTime = try value.readAmount()
                case "service_time_ns": serviceTime = try value.readAmount()
                case "kind": failure = try value.readString()
                case "status": status = try value.readString()
                case "bytes_sent": bytesSent = try value.readCount()
                case "bytes_received": bytesReceived = try value.readCount()
                default: try value.skipValue()
                }
            }
        } catch {
            throw .json(error)
        }
        try required.check()
    }
}
