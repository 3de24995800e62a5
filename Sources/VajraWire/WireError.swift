// SPDX-License-Identifier: Apache-2.0

package import VajraJSON

/// Why a line could not be read.
package enum WireError: Error, Equatable, CustomStringConvertible {
    /// The line is not JSON, or a field has the wrong kind of value.
    case json(JSONError)
    /// A field that the line's type needs is missing.
    case missing(String)
    /// A field's value is not allowed.
    case invalid(field: String, reason: String)
    /// The line is of another version of the format.
    case version(Int64)
    /// The line could not be written within the length limit.
    case unwritable(String)

    package var description: String {
        switch self {
        case .json(let error): "\(error)"
        case .missing(let field): "the field \"\(field)\" is missing"
        case .invalid(let field, let reason): "the field \"\(field)\" is invalid: \(reason)"
        case .version(let version):
            "wire format \(version), but this tool reads \(WireFormat.version): use tools of one version"
        case .unwritable(let reason): reason
        }
    }
}
