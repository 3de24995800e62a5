// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// How the small target server answers.
package struct TargetBehaviour: Sendable {
    /// A stretch of time in which the whole server is frozen.
    package struct Stall: Sendable, Equatable {
        /// When it begins, counted from the first request.
        package var after: TimeSpan
        /// How long it lasts.
        package var length: TimeSpan

        package init(after: TimeSpan, length: TimeSpan) {
            self.after = after
            self.length = length
        }
    }

    /// How long each response is held back.
    package var delay = DelayDistribution.fixed(.zero)
    /// The share of responses that are 503, spread evenly; 0 to 1.
    package var errorRate = 0.0
    /// The sizes of responses' bodies.
    package var bodySizes = BodySizes(2)
    /// The drawn delays and sizes depend only on this and on the order of requests.
    package var seed: UInt64 = 1
    package var stalls: [Stall] = []

    /// An instant 200 with the body `ok`.
    package init() {}
}
