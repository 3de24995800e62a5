// SPDX-License-Identifier: Apache-2.0

package import VajraJSON

/// A request on the control socket: one JSON object a line, `{"id":1,"method":"status"}`, with `"params":{…}` if the
/// method takes any.
package struct ControlRequest: Sendable, Equatable {
    /// What is asked for.
    package enum Method: String, Sendable, CaseIterable {
        /// How the run stands: a ``RunStatus``.
        case status

        /// The parameters that it takes.
        var parameters: [String] {
            switch self {
            case .status: []
            }
        }
    }

    /// The reply returns it, so that several requests may be open at once; `null` when the asker does not care.
    package var id: JSONValue
    package var method: Method
    package var parameters: ControlParameters

    package init(_ method: Method, _ parameters: ControlParameters = ControlParameters(), id: JSONValue = .null) {
        self.method = method
        self.parameters = parameters
        self.id = id
    }

    /// Reads a line. It ignores unknown members, because the asker may be newer than this build; it refuses unknown
    /// parameters.
    ///
    /// - Throws: ``ControlFault`` to answer with.
    package init(parsing line: UnsafeRawBufferPointer) throws(ControlFault) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: line)
        } catch {
            throw ControlFault("not a line of JSON: \(error)")
        }
        guard case .object = value else { throw ControlFault("a request is a JSON object") }
        let id = value["id"] ?? .null
        guard case .string(let name)? = value["method"] else {
            throw ControlFault("the request has no method; write {\"method\":\"status\"}", id: id)
        }
        guard let method = Method(rawValue: name) else {
            let known = Method.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlFault("there is no method '\(name)'; this build knows \(known)", id: id)
        }
        let parameters = try ControlParameters(in: value, of: name, known: method.parameters, id: id)
        self.init(method, parameters, id: id)
    }

    /// The request's line, with its newline.
    package var line: [UInt8] {
        let members = [("id", id), ("method", .string(method.rawValue))] + (parameters.member.map { [$0] } ?? [])
        return ControlLine.bytes(of: .object(members))
    }
}

/// Why a request cannot be answered, in words for a person.
package struct ControlFault: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String
    /// The id of the request, where it could be read.
    package let id: JSONValue

    package init(_ description: String, id: JSONValue = .null) {
        self.description = description
        self.id = id
    }
}

/// How values become lines.
enum ControlLine {
    static func bytes(of value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        value.write(to: &writer)
        writer.endLine()
        return writer.bytes
    }
}
