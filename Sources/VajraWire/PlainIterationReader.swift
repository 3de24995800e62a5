// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// A fast path for `iteration` lines that look exactly as this build writes them (fields in order, no white space,
/// nothing to unescape) and come from the same source as the line before. It takes a sixth of the scanner's time, and
/// nearly all lines of a long stream look so. The scanner reads all others.
struct PlainIterationReader {
    /// The line up to its number: type, version, run and source.
    private var head: [UInt8] = []
    private var envelope = Envelope(runID: "", source: "", sequence: 0)
    private var scenario = ""
    /// The scenario's bytes, for comparison with every line: comparing Strings takes ten times as long.
    private var scenarioBytes: [UInt8] = []
    /// Whether `head` is up to date: that of `envelope`, or empty because this build would write it in another way.
    private var hasLearnt = false

    /// The line, if it has that form.
    mutating func read(_ line: UnsafeRawBufferPointer) -> (Envelope, IterationLine)? {
        guard !head.isEmpty else { return nil }
        var cursor = PlainLineCursor(line)
        guard head.withUnsafeBytes({ cursor.pass($0) }), let sequence = cursor.number(), sequence > 0,
            let iteration = body(&cursor), cursor.isAtEnd
        else { return nil }
        envelope.sequence = sequence
        return (envelope, iteration)
    }

    private mutating func body(_ cursor: inout PlainLineCursor) -> IterationLine? {
        guard cursor.pass(",\"scenario\":\""), let scenario = scenario(cursor.text()), cursor.pass("\",\"index\":"),
            let index = cursor.number(), cursor.pass(",\"intended_unix_us\":"), let intended = cursor.number(),
            cursor.pass(",\"started_unix_us\":"), let started = cursor.number(), cursor.pass(",\"ended_unix_us\":"),
            let ended = cursor.number(), cursor.pass(",\"response_time_ns\":"), let responseTime = cursor.number(),
            cursor.pass(",\"service_time_ns\":"), let serviceTime = cursor.number(), cursor.pass(",\"outcome\":\"")
        else { return nil }
        var (failure, status): (String?, String?)
        if !cursor.pass("success\"") {
            guard cursor.pass("failure\",\"kind\":\"") else { return nil }
            failure = String(decoding: cursor.text(), as: UTF8.self)
            guard cursor.pass("\"") else { return nil }
        }
        if cursor.pass(",\"status\":\"") {
            status = String(decoding: cursor.text(), as: UTF8.self)
            guard cursor.pass("\"") else { return nil }
        }
        guard cursor.pass(",\"bytes_sent\":"), let sent = cursor.number(), cursor.pass(",\"bytes_received\":"),
            let received = cursor.number(), cursor.pass("}")
        else { return nil }
        return IterationLine(
            scenario: scenario, index: index, intendedUnixMicroseconds: Int64(intended),
            startedUnixMicroseconds: Int64(started), endedUnixMicroseconds: Int64(ended),
            responseTime: Int64(responseTime), serviceTime: Int64(serviceTime), failure: failure, status: status,
            bytesSent: sent, bytesReceived: received)
    }

    /// The scenario's name, mostly that of the line before; nil if it is empty, so that the scanner judges it.
    private mutating func scenario(_ bytes: UnsafeRawBufferPointer) -> String? {
        if bytes.isEmpty { return nil }
        if bytes.count != scenarioBytes.count || !scenarioBytes.elementsEqual(bytes) {
            scenarioBytes = Array(bytes)
            scenario = String(decoding: bytes, as: UTF8.self)
        }
        return scenario
    }

    /// Learns the beginning of the next line from a line that the scanner has read. It needs two lines in a row from
    /// one source, and a beginning as this build would write it.
    mutating func learn(from line: UnsafeRawBufferPointer, _ envelope: Envelope) {
        let isRepeated = envelope.source == self.envelope.source && envelope.runID == self.envelope.runID
        if isRepeated, hasLearnt { return }
        (self.envelope, head, hasLearnt) = (envelope, [], isRepeated)
        guard isRepeated else { return }
        var writer = JSONWriter()
        envelope.encodeHead(of: LineType.iteration.rawValue, into: &writer)
        head = writer.bytes + Array(",\"seq\":".utf8)
        if !line.starts(with: head) { head = [] }
    }
}
