// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// SIGINT and SIGTERM as a descriptor (`signalfd`), so that they are events among others and interrupt nothing; for
/// whoever draws on a terminal also SIGTSTP, SIGCONT and SIGWINCH.
package final class ProcessSignals: Sendable {
    /// The descriptor to poll for reading.
    package let descriptor: Int32

    /// Holds SIGINT and SIGTERM back until they are taken over, so that one during start-up is not lost, and fills the
    /// places of closed standard streams. The first thing that a tool does.
    package static func prepareProcess() {
        FileDescriptor.reserveStandardStreams()
        var set = interrupts()
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    private static func interrupts() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        return set
    }

    /// Takes over SIGINT and SIGTERM for the whole process, and ignores SIGPIPE, so that a write to a closed pipe is
    /// an error like any other. Call it on the main thread before any other thread starts.
    ///
    /// - Parameter watchesTerminal: Whether a stop, a continuation and a change of the window's size are taken over too.
    ///   A stop then happens only where ``stopProcess()`` is called.
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    package init(watchesTerminal: Bool = false) throws(SystemError) {
        signal(SIGPIPE, SIG_IGN)
        var set = ProcessSignals.interrupts()
        if watchesTerminal {
            for number in [SIGTSTP, SIGCONT, SIGWINCH] { sigaddset(&set, number) }
        }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK) | Int32(SFD_CLOEXEC))
        if descriptor < 0 { throw SystemError("create a signalfd") }
    }

    // Their numbers, as ``next()`` gives them.

    /// SIGTSTP: the terminal's user has stopped the process.
    package static let terminalStop: Int32 = SIGTSTP
    /// SIGCONT: a stopped process goes on.
    package static let continuation: Int32 = SIGCONT
    /// SIGWINCH: the terminal's window has another size.
    package static let windowChange: Int32 = SIGWINCH

    /// Makes a write beyond the process's file size limit (`ulimit -f`) an error like any other instead of the end of
    /// the process. For tools that start no other programs, which would inherit it.
    package static func ignoreFileSizeSignal() {
        signal(SIGXFSZ, SIG_IGN)
    }

    deinit {
        close(descriptor)
    }

    /// Stops the whole process as SIGTSTP does by itself, and returns when it is continued. On the main thread.
    package static func stopProcess() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTSTP)
        // SIGTSTP and not SIGSTOP: where no shell could continue the process, the kernel does not stop it.
        kill(getpid(), SIGTSTP)
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
