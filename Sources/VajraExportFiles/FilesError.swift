// SPDX-License-Identifier: Apache-2.0

package import VajraExport
package import VajraSystem

/// Why an export cannot begin; each with its remedy.
package enum FilesError: Error, CustomStringConvertible {
    /// The directory holds an export already.
    case occupied(directory: String, by: String)
    /// Another process writes to the directory.
    case busy(directory: String)
    /// The directory cannot be made or read.
    case system(SystemError)
    /// gzip cannot be set up.
    case gzip(GzipError)

    /// The cause and the remedy.
    package var description: String {
        switch self {
        case .occupied(let directory, let name):
            "\(directory) holds an export already (\(name)); name another directory, or replace it with --force"
        case .busy(let directory):
            "another vajra-export is writing to \(directory); name another directory, or wait for its end"
        case .system(let error): "\(error)"
        case .gzip(let error): "\(error)"
        }
    }
}
