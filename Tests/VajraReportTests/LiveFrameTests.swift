// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraReport

struct LiveFrameTests {
    private let style = TextStyle(isColoured: false)
    private let lines = [StyledLine("one"), StyledLine("two")]

    @Test func `the first frame hides the cursor and goes nowhere`() {
        var frame = LiveFrame()
        #expect(
            frame.draw(lines, style: style, columns: 80)
                == "\u{1b}[?2026h\u{1b}[?25l\u{1b}[?7l\rone\u{1b}[K\n\rtwo\u{1b}[K\n\r\u{1b}[J\u{1b}[?7h\u{1b}[?2026l")
    }

    @Test func `the next frame goes back to the first line and erases nothing before it writes`() {
        var frame = LiveFrame()
        _ = frame.draw(lines, style: style, columns: 80)
        #expect(
            frame.draw([StyledLine("1")], style: style, columns: 80)
                == "\u{1b}[?2026h\u{1b}[?7l\r\u{1b}[2A1\u{1b}[K\n\r\u{1b}[J\u{1b}[?7h\u{1b}[?2026l")
    }

    @Test(arguments: [(80, 2), (60, 2), (59, 3), (30, 3), (29, 4), (1, 63)])
    func `a terminal that has become narrower has broken the lines`(columns: Int, rows: Int) {
        var frame = LiveFrame()
        let wide = [StyledLine(String(repeating: "x", count: 60)), StyledLine("two")]
        _ = frame.draw(wide, style: style, columns: 80)
        #expect(frame.erase(columns: columns).hasPrefix("\r\u{1b}[\(rows)A\u{1b}[J"))
    }

    @Test func `erasing shows the cursor once, and a terminal never drawn on is left alone`() {
        var frame = LiveFrame()
        #expect(frame.erase(columns: 80) == "")
        _ = frame.draw(lines, style: style, columns: 80)
        #expect(frame.erase(columns: 80) == "\r\u{1b}[2A\u{1b}[J\u{1b}[?25h")
        #expect(frame.isClear)
        #expect(frame.erase(columns: 80) == "")
    }

    @Test func `a frame that is left stays, and the next comes below it`() {
        var frame = LiveFrame()
        _ = frame.draw(lines, style: style, columns: 80)
        #expect(frame.leave() == "\u{1b}[?25h")
        #expect(frame.draw(lines, style: style, columns: 80).contains("\u{1b}[?25l\u{1b}[?7l\rone"))
    }
}
