// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Two sources that are not of one run. The sum of their figures would mean nothing.
package struct MixedRuns: Error, Sendable, Equatable {
    /// A source of the first run.
    package let first: SourceKey
    /// A source of another.
    package let other: SourceKey
}

/// Whether all sources are of one run. Pure.
///
/// Sources with the same run id are of one run. A user who gives no run id gets a new one for each share of a plan, so
/// sources with different shares of the same number are of one run too. A source without its start is not judged here:
/// the missing line fails the run already, and its run id may be damaged.
struct RunCheck: Sendable {
    private var first: (key: SourceKey, shares: Int)?
    /// A source that has the whole plan, or a share of another size than the first source.
    private var odd: SourceKey?
    /// A source of another run than the first.
    private var stranger: SourceKey?
    private var owners: [Int: SourceKey] = [:]

    /// The first two that are not of one run, as soon as that is certain.
    private(set) var mixed: MixedRuns?

    /// Takes a source's share.
    mutating func take(_ key: SourceKey, segment: String) {
        guard mixed == nil else { return }
        let share = (try? Segment(parsing: segment)) ?? .whole
        let first = first ?? (key, share.count)
        self.first = first
        if key.runID != first.key.runID { stranger = stranger ?? key }
        if share.count == 1 || share.count != first.shares { odd = odd ?? key }
        if let owner = owners[share.index], owner.runID != key.runID { mixed = MixedRuns(first: owner, other: key) }
        owners[share.index] = owners[share.index] ?? key
        if let odd, let stranger {
            mixed = mixed ?? MixedRuns(first: first.key, other: odd.runID == first.key.runID ? stranger : odd)
        }
    }
}
