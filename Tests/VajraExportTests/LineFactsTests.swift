// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraExport
import VajraJSON
import VajraWire

@Suite struct LineFactsTests {
    @Test(arguments: [
        ("run_started", ExportStream.metrics), ("snapshot", .metrics), ("event", .metrics), ("run_ended", .metrics),
        ("aggregate", .metrics), ("summary", .metrics), ("log", .logs), ("span", .traces), ("iteration", .iterations),
        ("of_tomorrow", .other), ("", .other),
    ])
    func `a line goes to the stream of its type`(type: String, stream: ExportStream) throws {
        #expect(try LineIntake().take(#"{"type":"\#(type)","v":1}"#).stream == stream)
    }

    @Test func `every type of the wire format has a stream of its own choice`() {
        for type in LineType.allCases { #expect(ExportStream(of: type) != .other) }
    }

    @Test func `streams are in the order of their places`() {
        #expect(ExportStream.allCases.map(\.index) == Array(0..<ExportStream.allCases.count))
    }

    @Test func `the envelope and the instants are read wherever they stand`() throws {
        var reader = LineFactsReader()
        let facts = try reader.read(
            #"{"end_unix_us":30,"seq":7,"x":[1,{"seq":9}],"source":"w\u0031","start_unix_us":10,"run_id":"r","type":"snapshot"}"#
        )
        #expect(facts.type == .snapshot)
        #expect((facts.runID, facts.source, facts.sequence) == ("r", "w1", 7))
        #expect((facts.firstUnixMicroseconds, facts.lastUnixMicroseconds) == (10, 30))
    }

    @Test(arguments: [
        (
            "an array where a name is expected",
            #"{"type":["log"],"run_id":{},"source":1,"seq":"x","time_unix_us":null}"#
        ),
        ("nothing at all", "{}"),
        ("fractions", #"{"seq":1.5,"time_unix_us":0.5}"#),
        ("beyond what a double holds", #"{"seq":9007199254740993}"#),
        ("below zero", #"{"seq":-1}"#),
    ])
    func `a field that makes no sense counts as missing`(story: String, line: String) throws {
        var reader = LineFactsReader()
        // What the line before said must not shine through.
        _ = try reader.read(#"{"type":"log","run_id":"r","source":"w","seq":3}"#)
        let facts = try reader.read(line)
        #expect(facts == LineFacts(), "\(story)")
    }

    @Test func `a name of more than 256 bytes counts as missing`() throws {
        var reader = LineFactsReader()
        let (most, more) = (String(repeating: "a", count: 256), String(repeating: "a", count: 257))
        #expect(try reader.read(#"{"source":"\#(most)","run_id":"\#(more)"}"#).source == most)
        #expect(try reader.read(#"{"source":"\#(more)"}"#).source == "")
    }

    @Test(arguments: ["", "hello", "[1]", "42", #"{"type":"log""#, #"{"type":"log"} x"#, "\u{FEFF}{}"])
    func `what is not one JSON object is refused and counted`(line: String) {
        let intake = LineIntake()
        #expect(throws: JSONError.self) { try intake.take(line) }
        #expect((intake.lines, intake.badLines) == (1, 1))
    }

    @Test func `a carriage return at the end belongs to the line and disturbs nobody`() throws {
        #expect(try LineIntake().take("{\"type\":\"log\"}\r").stream == .logs)
    }
}
