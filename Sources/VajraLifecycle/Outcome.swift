// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// How one iteration went: success, or a failure of a kind, with its status and byte counts.
public struct Outcome: Sendable {
    /// A result code that reports count by, such as an HTTP status.
    public enum Status: Sendable, Hashable {
        /// A number, such as 200.
        case code(Int)
        /// A word, such as `committed`; at most 64 bytes are kept.
        case text(String)
    }

    /// The parts that most outcomes do not have. They are outside the outcome, so that it is five words: in every
    /// iteration in flight, each async frame between a task and the engine holds an outcome.
    @usableFromInline
    struct Rare: Sendable {
        @usableFromInline var failure: FailureKind?
        @usableFromInline var message: String?
        /// A status that is not a plain code.
        @usableFromInline var status: Status?

        @usableFromInline var isEmpty: Bool { failure == nil && message == nil && status == nil }
    }

    @usableFromInline
    final class Box: Sendable {
        @usableFromInline let rare: Rare

        init(_ rare: Rare) {
            self.rare = rare
        }
    }

    /// The code that stands for none.
    @inlinable static var noCode: Int { Int.min }

    @usableFromInline var box: Box?
    @usableFromInline var code: Int
    /// In nanoseconds of the monotonic clock; the greatest stands for none.
    @usableFromInline var completed: Int64

    /// Bytes sent by the task, headers included; 0 when unknown.
    public var bytesSent: UInt64

    /// Bytes received by the task, headers included; 0 when unknown.
    public var bytesReceived: UInt64

    @inlinable
    init(code: Int, bytesSent: UInt64, bytesReceived: UInt64) {
        box = nil
        self.code = code
        completed = .max
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
    }

    @usableFromInline var rare: Rare {
        get { box?.rare ?? Rare() }
        set { box = newValue.isEmpty ? nil : Box(newValue) }
    }

    /// Why the iteration failed; nil for a success.
    public var failure: FailureKind? {
        @inlinable get { box?.rare.failure }
        set { rare.failure = newValue }
    }

    /// The result code, if the task has one.
    public var status: Status? {
        @inlinable get { code == Outcome.noCode ? box?.rare.status : .code(code) }
        set {
            if case .code(let number) = newValue, number != Outcome.noCode {
                code = number
                if box?.rare.status != nil { rare.status = nil }
            } else {
                code = Outcome.noCode
                rare.status = newValue
            }
        }
    }

    /// What happened, for people: the first of each kind is logged.
    public var message: String? {
        get { box?.rare.message }
        set { rare.message = newValue }
    }

    /// When the work was done, if the task knows better than the instant at which it returned.
    package var completedAt: MonotonicInstant? {
        get { completed == .max ? nil : MonotonicInstant(nanoseconds: completed) }
        set { completed = newValue?.nanoseconds ?? .max }
    }

    /// A success.
    public static let success = Outcome(code: noCode, bytesSent: 0, bytesReceived: 0)

    /// A success with a result code and byte counts.
    @inlinable
    public static func success(status: Status?, bytesSent: UInt64 = 0, bytesReceived: UInt64 = 0) -> Outcome {
        if case .code(let code) = status {
            // `Int.min` stands for no code; a task hardly ever uses it.
            if code != noCode { return Outcome(code: code, bytesSent: bytesSent, bytesReceived: bytesReceived) }
        }
        var outcome = Outcome(code: noCode, bytesSent: bytesSent, bytesReceived: bytesReceived)
        if status != nil { outcome.status = status }
        return outcome
    }

    /// A failure of the given kind, with an optional result code and a message for people.
    public static func failure(_ kind: FailureKind, status: Status? = nil, message: String? = nil) -> Outcome {
        var outcome = success(status: status)
        outcome.rare = Rare(failure: kind, message: message, status: outcome.rare.status)
        return outcome
    }
}
