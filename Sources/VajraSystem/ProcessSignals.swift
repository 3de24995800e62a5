// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// SIGINT, SIGTERM and SIGHUP as a descriptor (`signalfd`): they come as events like any other, and interrupt nothing.
/// Tools that draw on a terminal take SIGTSTP, SIGCONT and SIGWINCH the same way.
package final class ProcessSignals: Sendable {
    /// The descriptor to poll for reading.
    package let descriptor: Int32

    /// Every tool calls this first. It blocks SIGINT, SIGTERM and SIGHUP until the tool takes them over, so that none
    /// is lost during start-up. It opens standard streams that are closed. From now on, writing to a closed pipe or
    /// beyond the limit on file sizes (`ulimit -f`) is an error like any other, and does not end the process.
    package static func prepareProcess() {
        FileDescriptor.reserveStandardStreams()
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        var set = interrupts()
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    private static func interrupts() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        // Under nohup it is ignored, so that a run outlives its terminal. Then it stays ignored.
        if !isIgnored(SIGHUP) { sigaddset(&set, SIGHUP) }
        return set
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Takes over SIGINT, SIGTERM and SIGHUP for the whole process. Call it on the main thread before any other thread
    /// starts.
    ///
    /// - Parameter watchesTerminal: Whether it takes over SIGTSTP, SIGCONT and SIGWINCH too. The process then stops
    ///   only where ``stopProcess()`` is called.
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    package init(watchesTerminal: Bool = false) throws(SystemError) {
        var set = ProcessSignals.interrupts()
        if watchesTerminal {
            for number in [SIGTSTP, SIGCONT, SIGWINCH] { sigaddset(&set, number) }
        }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK) | Int32(SFD_CLOEXEC))
        if descriptor < 0 { throw SystemError("create a signalfd") }
    }

    // The numbers of the signals, as ``next()`` gives them.

    package static let kill: Int32 = SIGKILL
    /// SIGTSTP: the terminal's user has stopped the process.
    package static let terminalStop: Int32 = SIGTSTP
    /// SIGCONT: a stopped process goes on.
    package static let continuation: Int32 = SIGCONT
    /// SIGWINCH: the terminal's window has another size.
    package static let windowChange: Int32 = SIGWINCH

    deinit {
        close(descriptor)
    }

    /// Stops the whole process as SIGTSTP would, and returns when the process continues. Call it on the main thread.
    package static func stopProcess() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTSTP)
        // SIGTSTP, not SIGSTOP: the kernel ignores SIGTSTP when no shell could continue the process.
        Glibc.kill(getpid(), SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// The next signal that has arrived; nil when there is none.
    package func next() -> Int32? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        return read(descriptor, &info, size) == size ? Int32(info.ssi_signo) : nil
    }
}
