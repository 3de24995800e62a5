// SPDX-License-Identifier: Apache-2.0

package import VajraJSON

/// The answer to a ``ControlRequest``: `{"id":1,"ok":true,"result":{…}}`, or `{"id":1,"ok":false,"error":"…"}`.
package struct ControlReply: Sendable, Equatable {
    /// The request's id.
    package var id: JSONValue
    /// The result, or why there is none.
    package var result: Result<JSONValue, ControlFault>

    /// What was asked for.
    package init(to request: ControlRequest, _ value: JSONValue) {
        id = request.id
        result = .success(value)
    }

    /// A refusal of a request that was understood.
    package init(to request: ControlRequest, refusing reason: String) {
        self.init(refusing: ControlFault(reason, id: request.id))
    }

    package init(refusing fault: ControlFault) {
        id = fault.id
        result = .failure(fault)
    }

    /// Reads a line.
    ///
    /// - Throws: ``ControlFault`` for what is no reply.
    package init(parsing line: UnsafeRawBufferPointer) throws(ControlFault) {
        guard let value = try? JSONValue(parsing: line), case .bool(let isGood)? = value["ok"] else {
            throw ControlFault("the answer is not one of the control protocol")
        }
        id = value["id"] ?? .null
        if isGood {
            result = .success(value["result"] ?? .null)
        } else {
            guard case .string(let reason)? = value["error"] else {
                throw ControlFault("the answer is a refusal without a reason")
            }
            result = .failure(ControlFault(reason, id: id))
        }
    }

    /// The reply's line, with its newline.
    package var line: [UInt8] {
        switch result {
        case .success(let value):
            ControlLine.bytes(of: .object([("id", id), ("ok", .bool(true)), ("result", value)]))
        case .failure(let fault):
            ControlLine.bytes(of: .object([("id", id), ("ok", .bool(false)), ("error", .string(fault.description))]))
        }
    }
}
