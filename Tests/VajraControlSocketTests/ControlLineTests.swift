// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON
import VajraControlSocket

@Suite struct ControlLineTests {
    private static func request(_ text: String) throws(ControlFault) -> ControlRequest {
        try Array(text.utf8).withUnsafeBufferPointer { (bytes) throws(ControlFault) in
            try ControlRequest(parsing: UnsafeRawBufferPointer(bytes))
        }
    }

    private static func reply(_ bytes: [UInt8]) throws(ControlFault) -> ControlReply {
        try bytes.withUnsafeBufferPointer { (bytes) throws(ControlFault) in
            try ControlReply(parsing: UnsafeRawBufferPointer(bytes))
        }
    }

    @Test func `a request is one line, and reads back`() throws {
        let request = ControlRequest(.status, id: .int(7))
        let line = String(decoding: request.line, as: UTF8.self)
        #expect(line == "{\"id\":7,\"method\":\"status\"}\n")
        #expect(try Self.request(String(line.dropLast())) == request)
    }

    @Test func `members of a newer asker are ignored`() throws {
        #expect(try Self.request(#"{"method":"status","since":3}"#) == ControlRequest(.status))
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let line: String
        let reason: String
        var id = JSONValue.null
        var testDescription: String { line }
    }

    @Test(arguments: [
        Refusal(line: "", reason: "not a line of JSON"),
        Refusal(line: "status", reason: "not a line of JSON"),
        Refusal(line: "[1]", reason: "a request is a JSON object"),
        Refusal(line: "{}", reason: "the request has no method"),
        Refusal(line: #"{"id":4,"method":1}"#, reason: "the request has no method", id: .int(4)),
        Refusal(
            line: #"{"id":"a","method":"explode"}"#, reason: "there is no method 'explode'; this build knows status",
            id: .string("a")),
    ])
    func `what is no request is refused with the reason and its own id`(refusal: Refusal) throws {
        let fault = #expect(throws: ControlFault.self) { try Self.request(refusal.line) }
        let found = try #require(fault)
        #expect(found.description.hasPrefix(refusal.reason))
        #expect(found.id == refusal.id)
        let reply = try Self.reply(Array(ControlReply(refusing: found).line.dropLast()))
        #expect(reply.id == refusal.id)
        #expect(throws: ControlFault.self) { try reply.result.get() }
    }

    @Test func `an answer carries the request's id and its value`() throws {
        let request = ControlRequest(.status, id: .string("x"))
        let value = JSONValue.object([("in_flight", .int(3))])
        let reply = try Self.reply(Array(ControlReply(to: request, value).line.dropLast()))
        #expect(reply.id == .string("x"))
        #expect(try reply.result.get() == value)
    }

    @Test(arguments: ["", "{}", #"{"id":1,"ok":"yes"}"#, #"{"id":1,"ok":false}"#, "[true]"])
    func `what is no answer is a fault`(line: String) {
        #expect(throws: ControlFault.self) { try Self.reply(Array(line.utf8)) }
    }
}
