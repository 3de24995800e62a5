// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraCLI
package import VajraModel
import VajraReport
import VajraSystem
package import VajraWire

/// What people see while a run goes on: a live view on a terminal that can redraw, or a line every few seconds on one
/// that cannot. It is on standard error, so that standard output is free for data. All tools that follow a run use it.
///
/// It belongs to one thread. The thread gives it lines and signals, and calls ``refresh()`` after that and at the
/// ``deadline``. ``close()`` restores the terminal. So do `deinit`, and a signal that ends the process at once.
package final class LiveView {
    /// No more than ten frames a second.
    private static let frameInterval: Int64 = 100_000_000
    /// Between two lines on a terminal that cannot redraw.
    private static let lineInterval: Int64 = 5_000_000_000
    /// How often a view is drawn again when nothing comes.
    private static let silentInterval: Int64 = 1_000_000_000

    /// Nil for a terminal that cannot redraw.
    private let terminal: LiveTerminal?
    private var model: LiveModel
    private var isDue = false
    private var isOver = false
    private var lastDrawn = MonotonicInstant(nanoseconds: 0)
    private var lastLine = Clock.now()
    private var stopped: MonotonicInstant?

    /// Nil when nobody would see it: standard error is no terminal, or `isQuiet`.
    ///
    /// - Parameter thresholds: Judged in addition to those that the sources announce.
    package init?(isQuiet: Bool, noColor: Bool, thresholds: [Threshold] = []) {
        guard !isQuiet, FileDescriptor.standardError.isTerminal else { return nil }
        model = LiveModel(thresholds: thresholds)
        if TerminalColour.canRedraw {
            let isColoured = TerminalColour.isWanted(on: .standardError, refused: noColor)
            terminal = LiveTerminal(style: TextStyle(isColoured: isColoured))
        } else {
            terminal = nil
            lastDrawn = Clock.now()
        }
    }

    // MARK: What happens

    /// Takes a line of the stream, once.
    package func take(_ envelope: Envelope, _ body: LineBody) {
        guard !isOver, model.take(envelope, body) else { return }
        lastLine = Clock.now()
        isDue = true
    }

    /// Takes a signal; false when the view does not handle it.
    package func take(signal: Int32) -> Bool {
        switch signal {
        case SIGTSTP:
            terminal?.close()
            ProcessSignals.stopProcess()
        case SIGCONT, SIGWINCH: break
        default:
            model.takeStop()
            isDue = true
            return false
        }
        isDue = model.hasStarted
        return true
    }

    // MARK: What is seen

    /// When the view must be drawn again even if nothing happens.
    package var deadline: MonotonicInstant {
        guard model.hasStarted, !isOver else { return .distantFuture }
        if isDue { return lastDrawn.advanced(byNanoseconds: interval) }
        // Counts down the seconds that are left, even if nothing comes.
        if model.isStopping { return lastDrawn.advanced(byNanoseconds: LiveView.silentInterval) }
        return max(silentFrom, lastDrawn.advanced(byNanoseconds: LiveView.silentInterval))
    }

    /// Draws, if there is something new and the last frame is old enough.
    package func refresh() {
        let now = Clock.now()
        guard now >= deadline else { return }
        lastDrawn = now
        if model.isStopping, stopped == nil { stopped = now }
        var figures = model.figures
        if let stopped { figures.sinceStop = now.nanoseconds(since: stopped) }
        if now >= silentFrom { figures.silence = now.nanoseconds(since: lastLine) }
        if let terminal {
            // If the terminal is not ready, tries again at the silent interval.
            isDue = false
            _ = terminal.draw(figures)
        } else if isDue {
            isDue = false
            let size = LiveTerminal.size
            let line = LiveScreen(columns: size.columns, rows: size.rows).plainLine(of: figures)
            FileDescriptor.standardError.print(line + "\n")
        }
    }

    /// Makes room for a message of the tool. The message is shown above the report; the view comes back, and counts it.
    package func makeRoom() {
        terminal?.close()
        model.takeMessage()
        isDue = model.hasStarted
    }

    /// Removes the view for good; the report replaces it.
    package func close() {
        isOver = true
        terminal?.close()
    }

    private var interval: Int64 { terminal == nil ? LiveView.lineInterval : LiveView.frameInterval }

    /// When the next line is overdue: the sources write one every interval.
    private var silentFrom: MonotonicInstant {
        lastLine.advanced(byNanoseconds: 2 * model.snapshotInterval + 1_000_000_000)
    }
}
