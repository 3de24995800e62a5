// SPDX-License-Identifier: Apache-2.0

/// A column of a feed. It is one object, so that rendering counts one reference.
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
