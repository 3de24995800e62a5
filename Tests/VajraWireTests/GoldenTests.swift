// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraTestSupport
import VajraWire

/// The bytes of format 1, kept for ever: what an old file holds must still be read, and new files are like old ones.
struct GoldenTests {
    private static let golden = Golden("Golden/v1")

    struct Row: Sendable, CustomTestStringConvertible {
        let file: String
        let bodies: [LineBody]
        var testDescription: String { file }
    }

    static let rows = [
        Row(file: "run_started.ndjson", bodies: [.runStarted(Sample.runStarted)]),
        Row(file: "snapshot.ndjson", bodies: [.snapshot(Sample.snapshot), .snapshot(Sample.followingSnapshot)]),
        Row(file: "iteration.ndjson", bodies: [.iteration(Sample.success), .iteration(Sample.failure)]),
        Row(file: "log.ndjson", bodies: [.log(Sample.log), .log(Sample.bareLog)]),
        Row(file: "event.ndjson", bodies: [.event(Sample.event), .event(Sample.bareEvent)]),
        Row(file: "run_ended.ndjson", bodies: [.event(Sample.bareEvent), .runEnded(Sample.runEnded)]),
        Row(file: "run_ended_failed.ndjson", bodies: [.runEnded(Sample.failedRunEnded)]),
    ]

    @Test(arguments: rows)
    func `a value is written as exactly the golden bytes`(row: Row) throws {
        try Self.golden.check(try encoded(row.bodies).flatMap { $0 }, row.file)
    }

    @Test(arguments: rows)
    func `the golden bytes are read as the value`(row: Row) throws {
        let lines = try Self.golden.bytes(row.file).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == row.bodies.count)
        for (number, (line, body)) in zip(lines, row.bodies).enumerated() {
            let (envelope, found) = try decoded(line)
            #expect(envelope == Envelope(runID: Sample.runID, source: "w1", sequence: UInt64(number + 1)))
            #expect(withoutLineCounts(found) == body)
        }
    }

    @Test func `an end too long for one line is written as the golden parts`() throws {
        let lines = try encoded([.runEnded(Sample.longRunEnded)])
        try Self.golden.check(lines.flatMap { $0 }, "run_ended_parts.ndjson")
    }

    @Test func `the golden parts add up to the end that they were split from`() throws {
        let lines = try Self.golden.bytes("run_ended_parts.ndjson").split(separator: UInt8(ascii: "\n"))
        let parts = try lines.map { line in
            guard case .runEnded(let part) = try decoded(line).1 else { throw WireError.missing("type") }
            return part
        }
        try #require(parts.count > 1)
        #expect(parts.map(\.part) == Array(1...parts.count))
        #expect(parts.allSatisfy { $0.parts == parts.count })
        #expect(joined(parts) == Sample.longRunEnded)
    }

    /// The line counts are the encoder's, and not part of what was handed to it.
    private func withoutLineCounts(_ body: LineBody) -> LineBody {
        guard case .runEnded(var end) = body else { return body }
        end.lines = []
        return .runEnded(end)
    }
}
