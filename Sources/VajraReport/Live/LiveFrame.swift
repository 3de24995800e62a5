// SPDX-License-Identifier: Apache-2.0

/// What is to be written to a terminal so that a frame stands on it and nothing else. Pure.
///
/// Frames stand on the terminal's other screen (mode 1049), which has no scrollback. So a window of another size breaks no
/// lines of a frame, pushes none out of sight, and the screen that people had before comes back as it was. A frame is
/// written over the last one, and only what is left of that is erased: nothing is ever blank in between, so nothing
/// flickers. Lines do not wrap (DECAWM off) while a frame is written, so that a character which the terminal measures
/// differently shifts no row. Synchronized output (mode 2026) makes terminals that know it show a frame in one go.
package struct LiveFrame: Sendable {
    private static let begin = "\u{1b}[?2026h"
    private static let end = "\u{1b}[?2026l"

    /// Whether the terminal shows frames: the other screen, and no cursor.
    package private(set) var isShown = false

    /// Nothing on the terminal.
    package init() {}

    /// The bytes of the next frame, of fewer lines than the terminal has rows.
    package mutating func draw(_ lines: [StyledLine], style: TextStyle) -> String {
        var text = LiveFrame.begin
        if !isShown { text += "\u{1b}[?1049h\u{1b}[?25l" }
        text += "\u{1b}[?7l\u{1b}[H"
        for line in lines { text += line.text(style) + "\u{1b}[K\r\n" }
        text += "\u{1b}[J\u{1b}[?7h" + LiveFrame.end
        isShown = true
        return text
    }

    /// Gives the terminal back as it was before the first frame, its cursor visible.
    package mutating func close() -> String {
        guard isShown else { return "" }
        isShown = false
        return "\u{1b}[?1049l\u{1b}[?25h"
    }
}
