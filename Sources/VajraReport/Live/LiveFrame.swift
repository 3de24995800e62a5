// SPDX-License-Identifier: Apache-2.0

/// What is to be written to a terminal so that lines stand where the last frame's stood. Pure.
///
/// The cursor rests at the beginning of the row below the last line. A frame goes back to the first line, writes each
/// over the old one and erases only what is left of it: nothing is ever blank in between, so nothing flickers. Lines do
/// not wrap (DECAWM off) while a frame is written, so that a character which the terminal measures differently shifts
/// no row. Synchronized output (mode 2026) makes terminals that know it show a frame in one go.
package struct LiveFrame: Sendable {
    private static let begin = "\u{1b}[?2026h"
    private static let end = "\u{1b}[?2026l"

    /// How wide the lines are that stand on the terminal.
    private var widths: [Int] = []
    private var isCursorHidden = false

    /// Nothing on the terminal.
    package init() {}

    /// Whether the terminal is as it was before the first frame.
    package var isClear: Bool { widths.isEmpty && !isCursorHidden }

    /// The bytes of the next frame.
    package mutating func draw(_ lines: [StyledLine], style: TextStyle, columns: Int) -> String {
        var text = LiveFrame.begin
        if !isCursorHidden { text += "\u{1b}[?25l" }
        text += "\u{1b}[?7l" + home(columns: columns)
        for line in lines { text += line.text(style) + "\u{1b}[K\n\r" }
        text += "\u{1b}[J\u{1b}[?7h" + LiveFrame.end
        widths = lines.map(\.width)
        isCursorHidden = true
        return text
    }

    /// Takes the frame off the terminal; the cursor is where the first line stood, and visible again.
    package mutating func erase(columns: Int) -> String {
        guard !isClear else { return "" }
        let text = home(columns: columns) + "\u{1b}[J" + show()
        widths = []
        return text
    }

    /// Leaves the frame where it stands; the next one comes below it.
    package mutating func leave() -> String {
        widths = []
        return show()
    }

    private mutating func show() -> String {
        defer { isCursorHidden = false }
        return isCursorHidden ? "\u{1b}[?25h" : ""
    }

    /// Back to the first line. In a terminal that has become narrower meanwhile, each line has been broken over as many
    /// rows as it needs there.
    private func home(columns: Int) -> String {
        let rows = widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(1, columns)) }
        return "\r" + (rows > 0 ? "\u{1b}[\(rows)A" : "")
    }
}
