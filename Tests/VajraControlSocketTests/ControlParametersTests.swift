// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraControlSocket
import VajraJSON

@Suite struct ControlParametersTests {
    /// The parameters of a request to a method `rate` that takes `rate` and `at`.
    private static func read(_ text: String) throws -> ControlParameters {
        let request = try Array(text.utf8).withUnsafeBytes { try JSONValue(parsing: $0) }
        return try ControlParameters(in: request, of: "rate", known: ["rate", "at"], id: request["id"] ?? .null)
    }

    @Test func `parameters are read by their names`() throws {
        let parameters = try Self.read(#"{"method":"rate","params":{"at":10,"rate":"20k/s"}}"#)
        #expect(parameters["rate"] == .string("20k/s"))
        #expect(parameters["at"] == .int(10))
        #expect(parameters == ControlParameters([("at", .int(10)), ("rate", .string("20k/s"))]))
    }

    @Test(arguments: [#"{"method":"rate"}"#, #"{"method":"rate","params":{}}"#])
    func `a request need not have any`(line: String) throws {
        let parameters = try Self.read(line)
        #expect(parameters["rate"] == nil)
        #expect(parameters == ControlParameters())
    }

    @Test(arguments: [
        (#"{"id":1,"params":{"rate":1,"for":2}}"#, "the method 'rate' has no parameter 'for'; it takes rate, at"),
        (#"{"id":1,"params":{"rate":1,"rate":2}}"#, "the parameter 'rate' stands there twice"),
        (#"{"id":1,"params":["rate"]}"#, "params is a JSON object, by the parameters' names"),
        (#"{"id":1,"params":null}"#, "params is a JSON object, by the parameters' names"),
    ])
    func `what would be ignored is refused`(line: String, reason: String) throws {
        let fault = #expect(throws: ControlFault.self) { try Self.read(line) }
        #expect(fault?.description == reason)
        #expect(fault?.id == .int(1))
    }

    @Test func `a request says them after its method`() {
        let request = ControlRequest(.status, ControlParameters([("at", .int(10))]), id: .int(7))
        let line = String(decoding: request.line, as: UTF8.self)
        #expect(line == "{\"id\":7,\"method\":\"status\",\"params\":{\"at\":10}}\n")
    }

    @Test func `status takes none`() throws {
        let line = ControlRequest(.status, ControlParameters([("at", .int(10))]), id: .int(7)).line
        let fault = #expect(throws: ControlFault.self) {
            try line.withUnsafeBufferPointer { (bytes) throws(ControlFault) in
                try ControlRequest(parsing: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes).dropLast()))
            }
        }
        #expect(fault?.description == "the method 'status' has no parameter 'at'; it takes none")
    }
}
