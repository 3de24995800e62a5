// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON
import VajraWire

struct DecodingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let story: String
        let line: String
        var error = ""
        var testDescription: String { story }
    }

    private static let head = #""v":1,"run_id":"r","source":"w1","seq":1"#

    static let refused = [
        Row(
            story: "an empty line", line: "",
            error: "byte 0: the text ends where it needs a value; it may be cut short"),
        Row(story: "no JSON", line: "hello", error: "byte 0: expected a value, found 'h'"),
        Row(story: "no object", line: "[1]", error: "byte 0: expected object, found array"),
        Row(
            story: "a cut-off line", line: #"{"type":"log","v":1"#,
            error: "byte 19: the text ends where it needs ',' or '}'; it may be cut short"),
        Row(story: "something after the object", line: "{\(head),\"type\":\"event\"} x"),
        Row(story: "no type", line: "{\(head)}", error: #"the field "type" is missing"#),
        Row(story: "no version", line: #"{"type":"log"}"#, error: #"the field "v" is missing"#),
        Row(
            story: "a later version", line: #"{"type":"log","v":2}"#,
            error: "wire format 2, but this tool reads 1: use tools of one version"),
        Row(
            story: "version nought", line: #"{"type":"log","v":0}"#,
            error: "wire format 0, but this tool reads 1: use tools of one version"),
        Row(
            story: "no run id", line: #"{"type":"log","v":1,"source":"w1","seq":1}"#,
            error: #"the field "run_id" is missing"#),
        Row(
            story: "no source", line: #"{"type":"log","v":1,"run_id":"r","seq":1}"#,
            error: #"the field "source" is missing"#),
        Row(
            story: "no sequence number", line: #"{"type":"log","v":1,"run_id":"r","source":"w1"}"#,
            error: #"the field "seq" is invalid: it must be 1 or more"#),
        Row(
            story: "sequence number nought", line: #"{"type":"log","v":1,"run_id":"r","source":"w1","seq":0}"#,
            error: #"the field "seq" is invalid: it must be 1 or more"#),
        Row(
            story: "a negative sequence number", line: #"{"type":"log","v":1,"run_id":"r","source":"w1","seq":-1}"#),
        Row(
            story: "a snapshot of no scenario", line: #"{"type":"snapshot",\#(head)}"#,
            error: #"the field "scenario" is missing"#),
        Row(
            story: "more successes than completions",
            line:
                #"{"type":"snapshot",\#(head),"scenario":"a","start_unix_us":1,"end_unix_us":2,"completed":1,"succeeded":2}"#,
            error: #"the field "succeeded" is invalid: 2 of 1 completed"#),
        Row(story: "a count that is negative", line: #"{"type":"snapshot",\#(head),"scenario":"a","planned":-1}"#),
        Row(story: "a count with a fraction", line: #"{"type":"snapshot",\#(head),"scenario":"a","planned":1.5}"#),
        Row(story: "a count beyond 64 bits", line: #"{"type":"snapshot",\#(head),"planned":18446744073709551616}"#),
        Row(
            story: "a count that no double holds exactly",
            line: #"{"type":"snapshot",\#(head),"scenario":"a","planned":9007199254740993}"#),
        Row(
            story: "an instant before the epoch",
            line: #"{"type":"snapshot",\#(head),"scenario":"a","start_unix_us":-1}"#),
        Row(story: "a count as a string", line: #"{"type":"snapshot",\#(head),"scenario":"a","planned":"1"}"#),
        Row(story: "a rate that is null", line: #"{"type":"snapshot",\#(head),"scenario":"a","target_rate":null}"#),
        Row(story: "no histogram", line: #"{"type":"snapshot",\#(head),"scenario":"a","lag_hdr":"HISTFAAA"}"#),
        Row(story: "no base64", line: #"{"type":"snapshot",\#(head),"scenario":"a","lag_hdr":"!!"}"#),
        Row(
            story: "an end without a reason", line: #"{"type":"run_ended",\#(head)}"#,
            error: #"the field "reason" is invalid: '' is not one of completed, interrupted, failed, reader_gone"#),
        Row(
            story: "an end with a reason of a later version", line: #"{"type":"run_ended",\#(head),"reason":"tired"}"#,
            error: #"the field "reason" is invalid: 'tired' is not one of completed, interrupted, failed, reader_gone"#),
        Row(
            story: "part nought", line: #"{"type":"run_ended",\#(head),"reason":"failed","part":0,"parts":1}"#,
            error: #"the field "part" is invalid: part 0 of 1"#),
        Row(
            story: "part two of one", line: #"{"type":"run_ended",\#(head),"reason":"failed","part":2,"parts":1}"#,
            error: #"the field "part" is invalid: part 2 of 1"#),
        Row(
            story: "a part without end", line: #"{"type":"run_ended",\#(head),"reason":"failed","parts":10001}"#,
            error: #"the field "part" is invalid: part 1 of 10001"#),
        Row(
            story: "an end with contradictory counts",
            line: #"{"type":"run_ended",\#(head),"reason":"failed","scenarios":{"a":{"completed":0,"succeeded":1}}}"#,
            error: #"the field "succeeded" is invalid: 1 of 0 completed"#),
        Row(story: "a log body that is no string", line: #"{"type":"log",\#(head),"body":[]}"#),
        Row(story: "an attribute that is no string", line: #"{"type":"event",\#(head),"attributes":{"a":1}}"#),
    ]

    @Test(arguments: refused)
    func `a bad line is refused with its cause`(row: Row) throws {
        let error = try #require(refusal(row.line))
        if row.error.isEmpty {
            guard case .json(let cause) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(cause.offset <= row.line.utf8.count)
        } else {
            #expect(error.description == row.error)
        }
    }

    static let tolerated = [
        Row(story: "a type of a later minor version", line: #"{"type":"telemetry",\#(head),"x":[1,{"y":null}]}"#),
        Row(story: "a span", line: #"{"type":"span",\#(head),"trace_id":"ab"}"#),
        Row(story: "an aggregate", line: #"{"type":"aggregate",\#(head)}"#),
        Row(story: "a summary", line: #"{"type":"summary",\#(head),"verdict":"pass"}"#),
    ]

    @Test(arguments: tolerated)
    func `a line of a type that this build does not look into is passed by`(row: Row) throws {
        let (envelope, body) = try decoded(row.line.utf8)
        #expect(envelope == Envelope(runID: "r", source: "w1", sequence: 1))
        guard case .other(let name) = body else {
            Issue.record("\(body.type)")
            return
        }
        #expect(row.line.contains("\"type\":\"\(name)\""))
    }

    @Test(arguments: GoldenTests.rows)
    func `unknown fields are tolerated everywhere`(row: GoldenTests.Row) throws {
        for (line, body) in zip(try encoded(row.bodies), row.bodies) {
            var text = String(decoding: line, as: UTF8.self)
            let unknown = #""later":{"deep":[1,"}",null]},"#
            text = text.replacing("{\"type\"", with: "{\(unknown)\"type\"")
            text = text.replacing(#""scenarios":{"browse":{""#, with: #""scenarios":{"browse":{\#(unknown)""#)
            #expect(try decoded(text.utf8).1.type == body.type)
            #expect(try decoded(text.utf8).1 == decoded(line).1)
        }
    }

    @Test func `fields may come in any order`() throws {
        let text = #"{"name":"mark","seq":9,"source":"w1","time_unix_us":5,"run_id":"r","v":1,"type":"event"}"#
        let (envelope, body) = try decoded(text.utf8)
        #expect(envelope.sequence == 9)
        #expect(body == .event(EventLine(timeUnixMicroseconds: 5, name: "mark")))
    }

    static let incomplete = [
        Row(story: "an event of no name", line: #"{"type":"event",\#(head),"time_unix_us":5}"#),
        Row(story: "an iteration of no scenario", line: #"{"type":"iteration",\#(head),"index":1}"#),
        Row(
            story: "a log record of an unknown severity",
            line: #"{"type":"log",\#(head),"severity":"LOUD","body":"x"}"#),
        Row(story: "a snapshot of no interval", line: #"{"type":"snapshot",\#(head),"scenario":"a"}"#),
        Row(story: "a source that says nothing of itself", line: #"{"type":"run_started",\#(head)}"#),
    ]

    @Test(arguments: incomplete)
    func `a line without what its type needs is refused`(row: Row) {
        #expect(refusal(row.line) != nil)
    }
}
