// SPDX-License-Identifier: Apache-2.0

/// Why a CSV file is no feed, and on which line.
package struct FeedFault: Error, Equatable, Sendable {
    package enum Cause: Equatable, Sendable {
        /// The file is longer than `FeedLimits.mostBytes`.
        case tooLong
        /// It has more rows than `FeedLimits.mostRows`.
        case tooManyRows
        /// A row has more cells than `FeedLimits.mostColumns`.
        case tooManyColumns
        /// It is empty.
        case noHeader
        /// It has a header and nothing else.
        case noRows
        /// The column of that number has no name.
        case unnamedColumn(Int)
        /// Two columns have that name.
        case repeatedColumn(String)
        /// A row has another number of cells than the header.
        case wrongCount(Int, columns: Int)
        /// A quote opens a cell, and none closes it.
        case unclosedQuote
        /// Something stands between a closing quote and the next comma.
        case textAfterQuote
        /// A cell that is not in quotes holds one.
        case quoteInside
        /// A cell is not UTF-8.
        case notUTF8
    }

    package let cause: Cause
    /// The line, from 1; 0 for the file as a whole.
    package let line: Int

    init(_ cause: Cause, line: Int) {
        self.cause = cause
        self.line = line
    }
}

extension FeedFault: CustomStringConvertible {
    /// What is wrong, and the remedy where there is one.
    package var description: String {
        switch cause {
        case .tooLong: "the file has more than \(FeedLimits.mostBytes >> 20) MiB"
        case .tooManyRows: "there are more than \(FeedLimits.mostRows) rows"
        case .tooManyColumns: "there are more than \(FeedLimits.mostColumns) cells in the row"
        case .noHeader: "the file is empty; its first row must name the columns"
        case .noRows: "there is no row below the header"
        case .unnamedColumn(let number): "column \(number) has no name in the header"
        case .repeatedColumn(let name): "two columns are called \"\(name)\""
        case .wrongCount(let count, let columns): "the row has \(count) cells, but the header has \(columns)"
        case .unclosedQuote: "the quote is not closed; write \"\" for a quote within quotes"
        case .textAfterQuote: "a cell goes on after its closing quote; write \"\" for a quote within quotes"
        case .quoteInside: "a quote stands within a cell; put the cell in quotes, and write \"\" for the one inside"
        case .notUTF8: "a cell is not UTF-8"
        }
    }
}
