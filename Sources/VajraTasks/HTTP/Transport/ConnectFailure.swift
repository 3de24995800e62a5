// SPDX-License-Identifier: Apache-2.0

import VajraLifecycle
import VajraSystem
import VajraTLS

/// Why a connection could not be made, or broke.
struct ConnectFailure: Error {
    let kind: FailureKind
    /// The cause and, where there is one, the remedy.
    let message: String
}

extension ConnectFailure {
    /// The failure of a system call on the way to a connection.
    init(connecting error: SystemError) {
        self.init(
            kind: SocketFailure.kind(connecting: error.code), message: SocketFailure.message(error.action, error.code))
    }

    /// The failure of a TLS session while `action` was going on.
    init(_ failure: TLSFailure, _ action: String) {
        let (kind, remedy): (FailureKind, String) =
            switch failure.cause {
            case .expired: (.certificateExpired, "")
            case .notYetValid: (.certificateNotYetValid, "")
            case .selfSigned: (.certificateSelfSigned, ": trust it with --ca-file, or take any with --insecure")
            case .unknownCA: (.certificateUnknownCA, ": name its authority with --ca-file")
            case .wrongHost: (.certificateHost, ": give the name that it is for with --server-name")
            case .invalidCertificate: (.certificateInvalid, "")
            case .clientCertificate: (.clientCertificate, ": give it with --cert and --key")
            case .noProtocol: (.http2Unsupported, ": the server does not offer HTTP/2")
            case .handshake: (.tlsHandshake, "")
            case .broken: (.tls, "")
            case .system(let code): (SocketFailure.kind(transferring: code), "")
            }
        self.init(kind: kind, message: "\(action): \(failure.message)\(remedy)")
    }
}
