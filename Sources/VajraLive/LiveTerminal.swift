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

    /// Draws a frame of the size that the terminal has now. False when it cannot take one now: then there is nothing
    /// lost but the frame, and nobody has waited.
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

    /// Gives the terminal back, for other words. One that is held up gets a quarter of a second: the process must end all
    /// the same.
    func close() {
        let text = frame.close()
        guard !text.isEmpty, Terminal.isReady(LiveTerminal.descriptor, withinMilliseconds: 250) else { return }
        LiveTerminal.descriptor.print(text)
        FatalSignals.leavesScreen = false
    }

    /// Columns and rows; 80 × 24 where the terminal does not say.
    static var size: (columns: Int, rows: Int) { Terminal.size(of: descriptor) ?? (80, 24) }
}
