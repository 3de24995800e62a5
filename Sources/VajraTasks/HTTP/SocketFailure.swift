// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraLifecycle
import VajraSystem

/// The failure kind of a socket operation's `errno`.
enum SocketFailure {
    static func kind(connecting code: Int32) -> FailureKind {
        switch code {
        case ECONNREFUSED, ENOENT, EAGAIN: .refused
        case ETIMEDOUT: .connectTimeout
        case ECONNRESET: .reset
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EACCES, EPERM: .unreachable
        case EADDRNOTAVAIL: .addressExhausted
        default: LimitFailure.kind(code) ?? .network
        }
    }

    static func kind(transferring code: Int32) -> FailureKind {
        switch code {
        case ECONNRESET, EPIPE: .reset
        case ETIMEDOUT: .timeout
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN: .unreachable
        default: LimitFailure.kind(code) ?? .network
        }
    }

    /// The cause and, where there is one, the remedy.
    static func message(_ action: String, _ code: Int32) -> String {
        "\(action): \(reason(code))"
    }

    /// The same without the action.
    static func reason(_ code: Int32) -> String {
        let reason = SystemError.reason(code)
        return switch code {
        case EADDRNOTAVAIL:
            "\(reason): all local ports are in use or in TIME_WAIT; keep connections alive or widen "
                + "net.ipv4.ip_local_port_range"
        case EMFILE: "\(reason): raise 'ulimit -n', or lower --max-in-flight"
        default: reason
        }
    }
}
