// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// How one iteration went: success, or a failure of a kind, with what was seen on the way.
public struct Outcome: Sendable {
    /// A result code that reports count by, such as an HTTP status.
    public enum Status: Sendable, Hashable {
        /// A number, such as 200.
        case code(Int)
        /// A word, such as `committed`; at most 64 bytes are kept.
        case text(String)
    }

    /// Why the iteration failed; nil for a success.
    public var failure: FailureKind?

    /// The result code, if the task has one.
    public var status: Status?

    /// Bytes sent by the task, headers included; 0 when unknown.
    public var bytesSent: UInt64

    /// Bytes received by the task, headers included; 0 when unknown.
    public var bytesReceived: UInt64

    /// What happened, for people: the first of each kind is logged.
    public var message: String?

    /// When the work was done, if the task knows better than the instant at which it returned.
    package var completedAt: MonotonicInstant?

    /// A success.
    public static let success = Outcome(
        failure: nil, status: nil, bytesSent: 0, bytesReceived: 0, message: nil, completedAt: nil)

    /// A success with a result code and byte counts.
    public static func success(status: Status?, bytesSent: UInt64 = 0, bytesReceived: UInt64 = 0) -> Outcome {
        Outcome(
            failure: nil, status: status, bytesSent: bytesSent, bytesReceived: bytesReceived, message: nil,
            completedAt: nil)
    }

    /// A failure of the given kind, with an optional result code and a message for people.
    public static func failure(_ kind: FailureKind, status: Status? = nil, message: String? = nil) -> Outcome {
        Outcome(
            failure: kind, status: status, bytesSent: 0, bytesReceived: 0, message: message, completedAt: nil)
    }
}
