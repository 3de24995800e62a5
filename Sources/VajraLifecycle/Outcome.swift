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

    @usableFromInline
    init(failure: FailureKind?, status: Status?, sent: UInt64, received: UInt64, message: String?) {
        self.failure = failure
        self.status = status
        self.message = message
        bytesSent = sent
        bytesReceived = received
    }

    /// A success.
    public static let success = Outcome(failure: nil, status: nil, sent: 0, received: 0, message: nil)

    /// A success with a result code and byte counts.
    @inlinable
    public static func success(status: Status?, bytesSent: UInt64 = 0, bytesReceived: UInt64 = 0) -> Outcome {
        Outcome(failure: nil, status: status, sent: bytesSent, received: bytesReceived, message: nil)
    }

    /// A failure of the given kind, with an optional result code and a message for people.
    public static func failure(_ kind: FailureKind, status: Status? = nil, message: String? = nil) -> Outcome {
        Outcome(failure: kind, status: status, sent: 0, received: 0, message: message)
    }
}
