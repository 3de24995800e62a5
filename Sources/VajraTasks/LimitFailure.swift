// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraLifecycle
import VajraSystem

/// Failures at limits of the generator's own process or machine. They say nothing about the target, and lower the run's
/// honesty grade.
enum LimitFailure {
    /// The kind of an `errno` that means such a limit wherever it comes from; nil for any other.
    static func kind(_ code: Int32) -> FailureKind? {
        switch code {
        case EMFILE, ENFILE: .fileLimit
        case ENOMEM, ENOBUFS: .memoryLimit
        default: nil
        }
    }

    /// Whether the generator itself caused a connection's failure, and no address of the target.
    static func isOne(_ kind: FailureKind) -> Bool {
        kind == .fileLimit || kind == .memoryLimit || kind == .addressExhausted
    }

    /// The kind of the failure to start a command. From the start itself, `EAGAIN` means too many processes.
    static func kind(spawning error: SystemError) -> FailureKind {
        if error.code == EAGAIN, error.action.hasPrefix("start ") { return .processLimit }
        return kind(error.code) ?? .spawn
    }
}
