// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// How the generator itself fared over some time. The honesty grade of a report rests on it.
package struct Health: Sendable, Equatable {
    /// CPU time of the whole process, nanoseconds.
    package var cpu: Int64 = 0
    /// CPU time of the busiest lane, nanoseconds.
    package var busiestLaneCPU: Int64 = 0
    /// How long the lane that fared worst was ready to run and had to wait for a processor, nanoseconds.
    package var processorWait: Int64 = 0
    /// How long these figures cover, nanoseconds.
    package var elapsed: Int64 = 0
    /// Resident memory in bytes, the largest seen.
    package var residentBytes: UInt64 = 0
    /// How long writing the stream was held up by its reader, nanoseconds.
    package var outputBlocked: Int64 = 0
    /// Spans, log records and iteration lines left out because the reader was too slow.
    package var spansDropped: UInt64 = 0
    package var logsDropped: UInt64 = 0
    package var iterationsDropped: UInt64 = 0

    /// Nothing.
    package init() {}

    /// Adds the other's figures; of memory it keeps the larger.
    package mutating func merge(_ other: Health) {
        cpu &+= other.cpu
        busiestLaneCPU &+= other.busiestLaneCPU
        processorWait &+= other.processorWait
        elapsed &+= other.elapsed
        residentBytes = max(residentBytes, other.residentBytes)
        outputBlocked &+= other.outputBlocked
        spansDropped &+= other.spansDropped
        logsDropped &+= other.logsDropped
        iterationsDropped &+= other.iterationsDropped
    }

    func encode(into writer: inout JSONWriter) {
        writer.field("cpu_ns", cpu)
        writer.field("lane_cpu_ns", busiestLaneCPU)
        writer.field("lane_wait_ns", processorWait)
        writer.field("elapsed_ns", elapsed)
        writer.field("rss_bytes", residentBytes)
        writer.field("output_blocked_ns", outputBlocked)
        writer.field("spans_dropped", spansDropped)
        writer.field("logs_dropped", logsDropped)
        writer.field("iterations_dropped", iterationsDropped)
    }

    /// Reads the field if it is one of these; false leaves it unread.
    mutating func decode(_ key: JSONKey, _ value: inout JSONScanner) throws(JSONError) -> Bool {
        switch key {
        case "cpu_ns": cpu = try value.readAmount()
        case "lane_cpu_ns": busiestLaneCPU = try value.readAmount()
        case "lane_wait_ns": processorWait = try value.readAmount()
        case "elapsed_ns": elapsed = try value.readAmount()
        case "rss_bytes": residentBytes = try value.readCount()
        case "output_blocked_ns": outputBlocked = try value.readAmount()
        case "spans_dropped": spansDropped = try value.readCount()
        case "logs_dropped": logsDropped = try value.readCount()
        case "iterations_dropped": iterationsDropped = try value.readCount()
        default: return false
        }
        return true
    }
}
