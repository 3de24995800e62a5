// SPDX-License-Identifier: Apache-2.0

// RFC 4180 2. The parser also takes LF instead of CRLF and a byte order mark, and skips empty lines:
//
//     name,city CRLF                      cells between commas, spaces part of them
//     "Smith, ""Al""","two                a cell in quotes: commas, line breaks, and "" for a quote
//     lines" CRLF

/// Reads one row after the other.
struct CSVParser {
    private let text: [UInt8]
    private var at = 0
    private var line = 1
    /// The line on which the row read last begins.
    private(set) var rowLine = 1
    /// The bytes of the last row's cells, one after the other.
    private(set) var cells: [UInt8] = []
    /// The end of each cell in `cells`; at least one.
    private(set) var ends: [Int] = []

    init(_ text: [UInt8]) {
        self.text = text
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    /// Reads the next row; false at the end.
    mutating func nextRow() throws(FeedFault) -> Bool {
        while skipLineBreak() {}
        rowLine = line
        cells.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        guard at < text.count else { return false }
        while true {
            if at < text.count, text[at] == Self.quote { try quotedCell() } else { try plainCell() }
            ends.append(cells.count)
            guard ends.count <= FeedLimits.mostColumns else { throw FeedFault(.tooManyColumns, line: rowLine) }
            if at >= text.count || skipLineBreak() { break }
            // Only a comma is left: it ends the cell.
            at += 1
        }
        guard isUTF8 else { throw FeedFault(.notUTF8, line: rowLine) }
        return true
    }

    /// The cells of the row read last, as texts.
    var texts: [String] {
        ends.indices.map { String(decoding: cells[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]], as: UTF8.self) }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")

    private mutating func skipLineBreak() -> Bool {
        guard at < text.count else { return false }
        if text[at] == 0x0A {
            at += 1
        } else if text[at] == 0x0D, at + 1 < text.count, text[at + 1] == 0x0A {
            at += 2
        } else {
            return false
        }
        line += 1
        return true
    }

    private var isAtCellEnd: Bool {
        guard at < text.count else { return true }
        return text[at] == Self.comma || text[at] == 0x0A
            || text[at] == 0x0D && at + 1 < text.count && text[at + 1] == 0x0A
    }

    private mutating func plainCell() throws(FeedFault) {
        let start = at
        while !isAtCellEnd {
            if text[at] == Self.quote { throw FeedFault(.quoteInside, line: line) }
            at += 1
        }
        cells += text[start..<at]
    }

    private mutating func quotedCell() throws(FeedFault) {
        let opened = line
        at += 1
        while at < text.count {
            let byte = text[at]
            at += 1
            if byte == Self.quote {
                guard at < text.count, text[at] == Self.quote else {
                    guard isAtCellEnd else { throw FeedFault(.textAfterQuote, line: line) }
                    return
                }
                at += 1
            } else if byte == 0x0A {
                line += 1
            }
            cells.append(byte)
        }
        throw FeedFault(.unclosedQuote, line: opened)
    }

    /// Whether each cell by itself is UTF-8.
    private var isUTF8: Bool {
        cells.allSatisfy { $0 < 0x80 }
            || ends.indices.allSatisfy {
                String(validating: cells[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]], as: UTF8.self) != nil
            }
    }
}
