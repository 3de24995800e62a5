// SPDX-License-Identifier: Apache-2.0

/// A column of a feed, behind one reference, so that rendering it counts only that.
final class FeedColumn: Sendable {
    private let feed: Feed
    private let column: Int

    init(_ feed: Feed, column: Int) {
        self.feed = feed
        self.column = column
    }

    /// Gives `use` the bytes of the iteration's cell.
    @inline(__always)
    func withCell(_ index: UInt64, _ use: (UnsafeBufferPointer<UInt8>) -> Void) {
        feed.table.withCell(row: feed.row(index), column: column, use)
    }
}
