// SPDX-License-Identifier: Apache-2.0

/// The rows of a CSV file. All lanes share it; the cells are in one piece of memory.
package final class FeedTable: Sendable {
    /// The names in the header row, each once.
    package let columns: [String]
    /// How many rows there are below it; 1 or more.
    package let rowCount: Int
    private let bytes: [UInt8]
    /// Where each cell ends in `bytes`, row by row.
    private let ends: [UInt32]
    /// The line on which each row begins.
    private let lines: [UInt32]

    /// Reads a CSV file.
    ///
    /// - Throws: the first ``FeedFault``.
    package init(parsing text: [UInt8]) throws(FeedFault) {
        guard text.count <= FeedLimits.mostBytes else { throw FeedFault(.tooLong, line: 0) }
        var parser = CSVParser(text)
        guard try parser.nextRow() else { throw FeedFault(.noHeader, line: 1) }
        var columns: [String] = []
        for name in parser.texts {
            guard !name.isEmpty else { throw FeedFault(.unnamedColumn(columns.count + 1), line: parser.rowLine) }
            guard !columns.contains(name) else { throw FeedFault(.repeatedColumn(name), line: parser.rowLine) }
            columns.append(name)
        }
        var bytes: [UInt8] = []
        var ends: [UInt32] = []
        var lines: [UInt32] = []
        bytes.reserveCapacity(text.count)
        while try parser.nextRow() {
            guard parser.ends.count == columns.count else {
                throw FeedFault(.wrongCount(parser.ends.count, columns: columns.count), line: parser.rowLine)
            }
            guard lines.count < FeedLimits.mostRows else { throw FeedFault(.tooManyRows, line: parser.rowLine) }
            for end in parser.ends { ends.append(UInt32(bytes.count + end)) }
            bytes += parser.cells
            lines.append(UInt32(parser.rowLine))
        }
        guard !lines.isEmpty else { throw FeedFault(.noRows, line: parser.rowLine) }
        self.columns = columns
        (self.bytes, self.ends, self.lines) = (bytes, ends, lines)
        rowCount = lines.count
    }

    /// The line of the file on which the row begins.
    package func line(row: Int) -> Int { Int(lines[row]) }

    /// Gives `use` the cell's bytes, which are UTF-8.
    @inline(__always)
    package func withCell<Result>(row: Int, column: Int, _ use: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let cell = row &* columns.count &+ column
        let start = cell == 0 ? 0 : Int(ends[cell &- 1])
        let end = Int(ends[cell])
        return bytes.withUnsafeBufferPointer { use(UnsafeBufferPointer(rebasing: $0[start..<end])) }
    }

    /// The first row whose cell in that column has a byte that `isBad`; nil when none has.
    package func firstRow(column: Int, where isBad: (UInt8) -> Bool) -> Int? {
        (0..<rowCount).first { row in withCell(row: row, column: column) { $0.contains(where: isBad) } }
    }
}

/// How large a feed may be.
package enum FeedLimits {
    /// Bytes of a file: 64 MiB.
    package static let mostBytes = 64 << 20
    package static let mostRows = 10_000_000
    package static let mostColumns = 1000
}
