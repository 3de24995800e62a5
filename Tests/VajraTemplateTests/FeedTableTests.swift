// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraTemplate

@Suite struct FeedTableTests {
    static func rows(_ table: FeedTable) -> [[String]] {
        (0..<table.rowCount).map { row in
            table.columns.indices.map { column in
                table.withCell(row: row, column: column) { String(decoding: $0, as: UTF8.self) }
            }
        }
    }

    static let read: [(text: String, rows: [[String]], story: String)] = [
        ("a,b\n1,2\n3,4\n", [["1", "2"], ["3", "4"]], "LF"),
        ("a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]], "CRLF, none at the end"),
        ("\u{FEFF}a,b\n1,2\n", [["1", "2"]], "a byte order mark"),
        ("a,b\n,\n", [["", ""]], "empty cells"),
        ("a\n\"\"\n", [[""]], "one empty cell"),
        ("\n\na,b\n\n1,2\n\n\n3,4\n\n", [["1", "2"], ["3", "4"]], "empty lines"),
        ("a,b\n\"x, \"\"y\"\"\",\"1\n2\"\n", [["x, \"y\"", "1\n2"]], "quotes, commas and line breaks in quotes"),
        ("\"a\",\"b\"\n\"1\",2", [["1", "2"]], "a header in quotes"),
        ("a,b\n 1 , 2 \n", [[" 1 ", " 2 "]], "spaces are part of a cell"),
        ("a,b\n1,x\ry\n", [["1", "x\ry"]], "a bare CR is no line break"),
        ("a,b\n1,", [["1", ""]], "an empty last cell"),
    ]

    @Test(arguments: read.indices)
    func `a CSV file is read by RFC 4180`(row: Int) throws {
        let (text, rows, story) = Self.read[row]
        #expect(try Self.rows(FeedTable(parsing: Array(text.utf8))) == rows, "\(story)")
    }

    static let refused: [(bytes: [UInt8], cause: FeedFault.Cause, line: Int)] = [
        ([], .noHeader, 1),
        (Array("\n\n".utf8), .noHeader, 1),
        (Array("a,b\n".utf8), .noRows, 2),
        (Array("a,\n1,2\n".utf8), .unnamedColumn(2), 1),
        (Array("a,b,a\n1,2,3\n".utf8), .repeatedColumn("a"), 1),
        (Array("a,b\n1,2\n\n3\n".utf8), .wrongCount(1, columns: 2), 4),
        (Array("a,b\n1,2,3\n".utf8), .wrongCount(3, columns: 2), 2),
        (Array("a,b\n1,\"2\n3,4\n".utf8), .unclosedQuote, 2),
        (Array("a,b\n1,\"2\"3\n".utf8), .textAfterQuote, 2),
        (Array("a,b\n\"1\n\n\",2\"3\n".utf8), .quoteInside, 4),
        (Array("a\n\u{1}\n".utf8) + [0xFF, 0x0A], .notUTF8, 3),
        (Array("a,b\n".utf8) + [0xC3, 0x2C, 0xA9], .notUTF8, 2),
        (Array((0...FeedLimits.mostColumns).map { "c\($0)" }.joined(separator: ",").utf8), .tooManyColumns, 1),
        ([UInt8](repeating: 0x61, count: FeedLimits.mostBytes + 1), .tooLong, 0),
    ]

    @Test(arguments: refused.indices)
    func `a file that is no table is refused with its line`(row: Int) {
        let (bytes, cause, line) = Self.refused[row]
        let fault = #expect(throws: FeedFault.self) { try FeedTable(parsing: bytes) }
        #expect(fault?.cause == cause)
        #expect(fault?.line == line)
        #expect(fault?.description.isEmpty == false)
    }

    @Test func `rows know their lines, and which of them has a byte that is unwanted`() throws {
        let table = try FeedTable(parsing: Array("a,b\n1,2\n\"x\ny\",3\n4,5\n".utf8))
        #expect((0..<3).map(table.line) == [2, 3, 5])
        #expect(table.firstRow(column: 0) { $0 == 0x0A } == 1)
        #expect(table.firstRow(column: 1) { $0 == 0x0A } == nil)
    }
}
