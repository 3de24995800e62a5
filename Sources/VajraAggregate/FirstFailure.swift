// SPDX-License-Identifier: Apache-2.0

import VajraWire

/// The first failure of a run, in its own words. The time decides which is first, not the order of the lines, so that
/// sources merge in any order.
package struct FirstFailure: Sendable, Equatable {
    private let timeUnixMicroseconds: Int64
    /// Its kind, such as `refused`.
    package let kind: String
    /// What failed and why, as the task said it.
    package let message: String

    /// The failure in a log line; nil for a line about something else.
    init?(_ line: LogLine) {
        guard let kind = line.attributes.first(where: { $0.0 == "kind" })?.1 else { return nil }
        timeUnixMicroseconds = line.timeUnixMicroseconds
        self.kind = kind
        message = line.body
    }

    /// The earlier of two; of two at the same time, the first by its words.
    static func earlier(_ one: FirstFailure?, _ other: FirstFailure?) -> FirstFailure? {
        guard let one, let other else { return one ?? other }
        let order = (one.timeUnixMicroseconds, one.kind, one.message)
        return order <= (other.timeUnixMicroseconds, other.kind, other.message) ? one : other
    }
}
