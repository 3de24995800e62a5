// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Last words to a terminal when a signal ends the process at once: a crash, SIGQUIT (Ctrl-\).
package enum FatalSignals {
    /// Shows the cursor, and turns wrapping on again.
    private static let words: StaticString = "\u{1b}[?25h\u{1b}[?7h"
    /// Goes back from the other screen.
    private static let screenWords: StaticString = "\u{1b}[?1049l"
    /// Read by the handler, wherever it interrupts; only one thread draws.
    private nonisolated(unsafe) static let screen = {
        let place = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
        place.initialize(to: false)
        return place
    }()

    /// Whether the terminal shows its other screen, which must be left then too.
    package static var leavesScreen: Bool {
        get { screen.pointee }
        set { screen.pointee = newValue }
    }
    private static let numbers = [SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE]
    /// What each signal did before, by its number: written once, by the main thread, before any signal can come.
    private nonisolated(unsafe) static let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)

    /// Makes every such signal restore the terminal on standard error before it takes its course, be it the system's or
    /// that of swift-backtrace. Ignored signals stay ignored. Once, on the main thread.
    package static func restoreTerminal() {
        // Made now and not when the first signal comes: a handler must not be the one to initialise it.
        _ = (words, screenWords, screen)
        for number in numbers {
            let place = previous + Int(number)
            place.initialize(to: sigaction())
            sigaction(number, nil, place)
            let current = place.pointee.__sigaction_handler.sa_handler
            guard unsafeBitCast(current, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else { continue }
            var action = sigaction()
            // On the alternate stack where there is one: the thread's own may be what has overflowed.
            action.sa_flags = SA_SIGINFO | SA_ONSTACK
            action.__sigaction_handler.sa_sigaction = { number, info, _ in
                // Only what signal-safety(7) allows.
                if FatalSignals.screen.pointee {
                    _ = write(2, FatalSignals.screenWords.utf8Start, FatalSignals.screenWords.utf8CodeUnitCount)
                }
                _ = write(2, FatalSignals.words.utf8Start, FatalSignals.words.utf8CodeUnitCount)
                sigaction(number, FatalSignals.previous + Int(number), nil)
                // A fault of the machine comes again where it came from; what was sent must be sent again.
                if let info, info.pointee.si_code > 0 { return }
                raise(number)
            }
            sigaction(number, &action, nil)
        }
    }
}
