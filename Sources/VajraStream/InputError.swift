// SPDX-License-Identifier: Apache-2.0

package import VajraSystem

/// Why a source cannot be read at all.
package enum InputError: Error, CustomStringConvertible {
    /// It cannot be opened.
    case system(SystemError)
    /// It is a folder that holds no export.
    case folder(String)

    /// The cause, and the remedy.
    package var description: String {
        switch self {
        case .system(let error): "\(error)"
        case .folder(let text): text
        }
    }
}
