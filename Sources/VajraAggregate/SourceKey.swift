// SPDX-License-Identifier: Apache-2.0

/// One generator process: its run and its name.
package struct SourceKey: Sendable, Hashable, Comparable {
    package let runID: String
    /// The name of the process.
    package let source: String

    /// The process of that name in that run.
    package init(runID: String, source: String) {
        self.runID = runID
        self.source = source
    }

    /// By run, then by name.
    package static func < (left: SourceKey, right: SourceKey) -> Bool {
        (left.runID, left.source) < (right.runID, right.source)
    }
}
