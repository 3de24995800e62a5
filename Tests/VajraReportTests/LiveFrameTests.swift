// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraReport

struct LiveFrameTests {
    private let style = TextStyle(isColoured: false)
    private let lines = [StyledLine("one"), StyledLine("two")]

    @Test func `the first frame goes to the other screen and hides the cursor`() {
        var frame = LiveFrame()
        #expect(
            frame.draw(lines, style: style)
                == "\u{1b}[?2026h\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l\u{1b}[Hone\u{1b}[K\r\ntwo\u{1b}[K\r\n"
                + "\u{1b}[J\u{1b}[?7h\u{1b}[?2026l")
    }

    @Test func `the next frame is written over it and erases nothing before it writes`() {
        var frame = LiveFrame()
        _ = frame.draw(lines, style: style)
        #expect(
            frame.draw([StyledLine("1")], style: style)
                == "\u{1b}[?2026h\u{1b}[?7l\u{1b}[H1\u{1b}[K\r\n\u{1b}[J\u{1b}[?7h\u{1b}[?2026l")
    }

    @Test func `the terminal is given back once, and one never drawn on is left alone`() {
        var frame = LiveFrame()
        #expect(frame.close() == "")
        _ = frame.draw(lines, style: style)
        #expect(frame.isShown)
        #expect(frame.close() == "\u{1b}[?1049l\u{1b}[?25h")
        #expect(!frame.isShown)
        #expect(frame.close() == "")
    }

    @Test func `after that a frame goes to the other screen again`() {
        var frame = LiveFrame()
        _ = frame.draw(lines, style: style)
        _ = frame.close()
        #expect(frame.draw(lines, style: style).contains("\u{1b}[?1049h\u{1b}[?25l"))
    }
}
