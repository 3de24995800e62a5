// SPDX-License-Identifier: Apache-2.0

/// The bytes that show one frame on a terminal, and nothing else. Pure.
///
/// Frames use the terminal's alternate screen (mode 1049), which has no scrollback. So a resized window breaks no lines
/// of a frame and pushes none out of sight, and the user's earlier screen comes back unchanged. A frame overwrites the
/// last one and erases only the rest of it. Nothing is blank in between, so nothing flickers. Lines do not wrap (DECAWM
/// off) while a frame is written, so a character that the terminal measures in another way shifts no row. With
/// synchronized output (mode 2026), terminals that support it show a frame in one step.
package struct LiveFrame: Sendable {
    private static let begin = "\u{1b}[?2026h"
    private static let end = "\u{1b}[?2026l"

    /// Whether the terminal shows frames: the alternate screen, and no cursor.
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

    /// Restores the terminal to its state before the first frame, with a visible cursor.
    package mutating func close() -> String {
        guard isShown else { return "" }
        isShown = false
        return "\u{1b}[?1049l\u{1b}[?25h"
    }
}
