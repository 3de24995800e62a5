// SPDX-License-Identifier: Apache-2.0

import VajraReport
import VajraSystem

/// Frames on the terminal at standard error, each in one write.
final class LiveTerminal {
    private static let descriptor = FileDescriptor.standardError

    private let style: TextStyle
    private var frame = LiveFrame()

    /// A terminal that is drawn on in colour or not.
    init(style: TextStyle) {
        self.style = style
        FatalSignals.restoreTerminal()
    }

    deinit { close() }

    /// Draws a frame of the terminal's current size. False when the terminal cannot take it now: then only this frame
    /// is lost, and nothing has waited.
    func draw(_ figures: LiveFigures) -> Bool {
        guard Terminal.isForeground(LiveTerminal.descriptor), Terminal.isReady(LiveTerminal.descriptor) else {
            return false
        }
        let size = LiveTerminal.size
        guard size.rows > 1 else { return false }
        let lines = LiveScreen(columns: size.columns, rows: size.rows).lines(of: figures)
        let text = frame.draw(lines, style: style)
        FatalSignals.leavesScreen = true
        LiveTerminal.descriptor.print(text)
        return true
    }

    /// Restores the terminal, for other output. It waits at most a quarter of a second for a terminal that is held up,
    /// because the process must end.
    func close() {
        let text = frame.close()
        guard !text.isEmpty, Terminal.isReady(LiveTerminal.descriptor, withinMilliseconds: 250) else { return }
        LiveTerminal.descriptor.print(text)
        FatalSignals.leavesScreen = false
    }

    /// Columns and rows; 80 × 24 where the terminal does not say.
    static var size: (columns: Int, rows: Int) { Terminal.size(of: descriptor) ?? (80, 24) }
}
