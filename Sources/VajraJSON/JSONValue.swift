// SPDX-License-Identifier: Apache-2.0

/// A JSON text as a tree, for configuration echoes and other paths where time does not matter.
///
/// Integers that fit an Int64 stay exact; all other numbers become the nearest Double. Members keep their order and
/// their duplicates. Writing a tree and parsing it again gives an equal tree, unless it has non-finite numbers.
package enum JSONValue: Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number without point or exponent, from -2^63 to 2^63 - 1; `-0` is 0.
    case int(Int64)
    /// Any other number.
    case double(Double)
    /// A string, decoded.
    case string(String)
    /// The elements in order.
    case array([JSONValue])
    /// The members in order.
    case object([(String, JSONValue)])

    /// The value of the member called `name`, the last one of several; nil without one, and for a value that is no
    /// object.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.0 == name }?.1
    }
}

extension JSONValue: Equatable {
    /// Compares kinds and contents, members in order; the integer 1 is not the double 1.0.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left.elementsEqual(right) { $0.0 == $1.0 && $0.1 == $1.1 }
        default: false
        }
    }
}
