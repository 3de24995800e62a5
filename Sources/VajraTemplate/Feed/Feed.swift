// SPDX-License-Identifier: Apache-2.0

/// A table of values; each iteration has one of its rows.
package struct Feed: Sendable {
    /// Which row an iteration has.
    package enum Order: String, Sendable, CaseIterable {
        /// Row k mod rows for iteration k.
        case sequential
        /// A random row, each equally likely; the same for the same seed.
        case random
    }

    /// What templates call it.
    package let name: String
    package let table: FeedTable
    private let order: Order
    private let stream: RandomStream

    package init(_ name: String, table: FeedTable, order: Order, seed: UInt64, scenario: String) {
        self.name = name
        self.table = table
        self.order = order
        stream = RandomStream(seed: seed, scenario: scenario, name: "feed \(name)")
    }

    /// The row of the iteration with that index.
    package func row(_ index: UInt64) -> Int {
        let rows = UInt64(table.rowCount)
        return Int(order == .sequential ? index % rows : stream.number(index, below: rows))
    }
}
