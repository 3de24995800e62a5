// SPDX-License-Identifier: Apache-2.0

import VajraWire

/// The failure that a run told of first, in its own words. What came first is decided by time and not by the order in which
/// lines were read, so that sources merge in any order.
package struct FirstFailure: Sendable, Equatable {
    private let timeUnixMicroseconds: Int64
    /// Its kind, such as `refused`.
    package let kind: String
    /// What failed and why, as the task said it.
    package let message: String

    /// The failure that a log line tells of; nil for a line about something else.
    init?(_ line: LogLine) {
        guard let kind = line.attributes.first(where: { $0.0 == "kind" })?.1 else { return nil }
        timeUnixMicroseconds = line.timeUnixMicroseconds
        self.kind = kind
        message = line.body
    }

    /// The earlier of two; of two at one time the one whose words sort first.
    static func earlier(_ one: FirstFailure?, _ other: FirstFailure?) -> FirstFailure? {
        guard let one, let other else { return one ?? other }
        let order = (one.timeUnixMicroseconds, one.kind, one.message)
        return order <= (other.timeUnixMicroseconds, other.kind, other.message) ? one : other
    }
}
