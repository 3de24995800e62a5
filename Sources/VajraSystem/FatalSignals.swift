// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Last words to a terminal when a signal ends the process at once: a crash, SIGQUIT (Ctrl-\).
package enum FatalSignals {
    /// Shows the cursor, and turns wrapping on again.
    private static let words: StaticString = "\u{1b}[?25h\u{1b}[?7h"
    /// Leaves the alternate screen.
    private static let screenWords: StaticString = "\u{1b}[?1049l"
    /// On the heap: the signal handler reads it at any moment. Only one thread draws.
    private nonisolated(unsafe) static let screen = {
        let flag = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
        flag.initialize(to: false)
        return flag
    }()

    /// Whether the terminal shows its alternate screen, which the handler must then leave too.
    package static var leavesScreen: Bool {
        get { screen.pointee }
        set { screen.pointee = newValue }
    }
    private static let numbers = [SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE]
    /// The earlier action of each signal, by its number. The main thread writes it once, before any signal can come.
    private nonisolated(unsafe) static let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)

    /// Makes every such signal restore the terminal on standard error first, and then do what it did before (the
    /// system's default, or swift-backtrace). Ignored signals stay ignored. Call it once, on the main thread.
    package static func restoreTerminal() {
        // Initializes them now, because a signal handler must not.
        _ = (words, screenWords, screen)
        for number in numbers {
            let earlier = previous + Int(number)
            earlier.initialize(to: sigaction())
            sigaction(number, nil, earlier)
            let current = earlier.pointee.__sigaction_handler.sa_handler
            guard unsafeBitCast(current, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else { continue }
            var action = sigaction()
            // On the alternate stack if there is one: the thread's own stack may have overflowed.
            action.sa_flags = SA_SIGINFO | SA_ONSTACK
            action.__sigaction_handler.sa_sigaction = { number, info, _ in
                // Only what signal-safety(7) allows.
                if FatalSignals.screen.pointee {
                    _ = write(2, FatalSignals.screenWords.utf8Start, FatalSignals.screenWords.utf8CodeUnitCount)
                }
                _ = write(2, FatalSignals.words.utf8Start, FatalSignals.words.utf8CodeUnitCount)
                sigaction(number, FatalSignals.previous + Int(number), nil)
                // A hardware fault comes again by itself when the handler returns; a signal that was sent must be
                // raised again.
                if let info, info.pointee.si_code > 0 { return }
                raise(number)
            }
            sigaction(number, &action, nil)
        }
    }
}
