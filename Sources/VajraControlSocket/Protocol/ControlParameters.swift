// SPDX-License-Identifier: Apache-2.0

package import VajraJSON

/// What a request says beyond its method: `"params":{"rate":"20k/s"}`.
///
/// A parameter that the method does not know is refused. If it were ignored, the run would do something else than the
/// asker wants: without `at`, for instance, it would act now.
package struct ControlParameters: Sendable, Equatable {
    /// The member of a request that holds them.
    static let key = "params"

    private let values: JSONValue

    /// Parameters to ask with.
    package init(_ members: [(String, JSONValue)] = []) {
        values = .object(members)
    }

    /// Reads them from a request; none where it has no such member.
    ///
    /// - Throws: ``ControlFault`` for what is no object, and for a parameter that is not known or stands there twice.
    package init(in request: JSONValue, of method: String, known: [String], id: JSONValue) throws(ControlFault) {
        let value = request[ControlParameters.key] ?? .object([])
        guard case .object(let members) = value else {
            throw ControlFault("\(ControlParameters.key) is a JSON object, by the parameters' names", id: id)
        }
        var seen: Set<String> = []
        for (name, _) in members {
            guard known.contains(name) else {
                let rest = known.isEmpty ? "it takes none" : "it takes \(known.joined(separator: ", "))"
                throw ControlFault("the method '\(method)' has no parameter '\(name)'; \(rest)", id: id)
            }
            guard seen.insert(name).inserted else {
                throw ControlFault("the parameter '\(name)' stands there twice", id: id)
            }
        }
        values = value
    }

    /// A parameter's value; nil without it.
    package subscript(name: String) -> JSONValue? { values[name] }

    /// The request's member; nil where there are no parameters.
    var member: (String, JSONValue)? {
        values == .object([]) ? nil : (ControlParameters.key, values)
    }
}
