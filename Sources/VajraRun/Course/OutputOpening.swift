// SPDX-License-Identifier: Apache-2.0

import VajraModel
import VajraSystem

extension RunSettings.Output {
    /// Opens the stream's destination.
    ///
    /// - Throws: ``SystemError`` naming the path.
    func open() throws(SystemError) -> FileDescriptor {
        switch self {
        case .standard: return .standardOutput
        case .file(let path): return try .creating(path)
        case .unixSocket(let path):
            guard let address = SocketAddress(unixPath: path) else {
                throw SystemError(badSocketPath: path)
            }
            return try FileDescriptor.connecting(to: address)
        }
    }
}
