// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraReport

struct StyledLineTests {
    private let style = TextStyle(isColoured: false)

    /// The width is what Python's wcwidth 0.2.13 and glibc 2.36 give for the shown text.
    @Test(arguments: [
        ("browse", "browse", 6),
        ("größe", "größe", 5),
        ("結帳", "結帳", 4),
        ("한글", "한글", 4),
        ("ｆｕｌｌ", "ｆｕｌｌ", 8),
        ("🛒", "🛒", 2),
        ("👩‍💻", "👩", 2),
        ("👍🏽", "👍", 2),
        ("❤️", "❤", 1),
        ("1️⃣", "1⃣", 1),
        ("e\u{301}te\u{301}", "e\u{301}te\u{301}", 3),
        ("a\u{200b}b\u{202e}c", "abc", 3),
        ("\u{1b}[31mred", "\u{fffd}[31mred", 8),
        ("two\nlines\r\n", "two\u{fffd}lines\u{fffd}\u{fffd}", 11),
        ("bell\u{7}\u{9b}2J", "bell\u{fffd}\u{fffd}2J", 8),
        ("", "", 0),
    ])
    func `names are shown without what disturbs a terminal, and measured in columns`(
        name: String, shown: String, width: Int
    ) {
        let line = StyledLine(name)
        #expect(line.text(style) == shown)
        #expect(line.width == width)
    }

    @Test(arguments: [
        (20, "結帳 browse", 11), (9, "結帳 bro…", 9), (8, "結帳 br…", 8), (6, "結帳 …", 6), (4, "結…", 3), (3, "結…", 3),
        (2, "…", 1), (1, "…", 1), (0, "", 0),
    ])
    func `a line is cut between characters, and never wider than asked for`(limit: Int, shown: String, width: Int) {
        let line = StyledLine("結帳 browse").cut(to: limit)
        #expect(line.text(style) == shown)
        #expect(line.width == width)
    }

    @Test func `a letter with a hundred marks keeps four`() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 100)
        #expect(StyledLine(zalgo).text(style).unicodeScalars.count == 5)
    }

    @Test func `colour goes around the text and does not count as width`() {
        var line = StyledLine("failed ", .bad)
        line.append("0")
        #expect(line.width == 8)
        #expect(line.text(TextStyle(isColoured: true)) == "\u{1b}[31mfailed \u{1b}[0m0")
        #expect(line.cut(to: 3).text(TextStyle(isColoured: true)) == "\u{1b}[31mfa…\u{1b}[0m")
    }
}
