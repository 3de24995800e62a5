// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Two sources that are not of one run: their figures would be added up without a meaning.
package struct MixedRuns: Error, Sendable, Equatable {
    /// A source of the first run.
    package let first: SourceKey
    /// A source of another.
    package let other: SourceKey
}

/// Whether all sources are of one run. Pure.
///
/// Of one run are those that have its run id. Who gives no run id gets one for each share of a plan: sources that have
/// different shares of equally many are of one run too. A source whose start is missing is not judged here: it lacks lines,
/// which fails the run already, and its run id may be what is damaged.
struct RunCheck: Sendable {
    private var first: (key: SourceKey, shares: Int)?
    /// A source that has the whole plan, or a share of another size than the first source.
    private var odd: SourceKey?
    /// A source of another run than the first.
    private var stranger: SourceKey?
    private var owners: [Int: SourceKey] = [:]

    /// The first two that are not of one run, as soon as that is certain.
    private(set) var mixed: MixedRuns?

    /// Takes what a source says of its share.
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
