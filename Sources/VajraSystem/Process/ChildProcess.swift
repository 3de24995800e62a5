// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Synchronization

/// How a child process has ended.
package enum ProcessEnd: Sendable, Equatable {
    /// By itself, with this status.
    case exited(Int32)
    case signalled(Int32)
}

/// A child process in a process group of its own. So a Ctrl-C on the terminal does not reach it, and what is in flight
/// can be drained first.
package struct ChildProcess: Sendable {
    /// The process id, which is also its group's.
    package let pid: Int32
    /// A descriptor that becomes readable when the process has ended. The owner must close it.
    package let exitDescriptor: Int32

    /// A program and its arguments, prepared once and started many times.
    package struct Command: Sendable {
        /// The program, looked up in `PATH` unless it has a slash, and its arguments.
        package let arguments: [String]
        /// `NAME=value` of the whole environment, each with its NUL.
        fileprivate let environment: [[CChar]]

        /// A command with this process's environment and more of its own.
        package init(arguments: [String], adding variables: [String] = []) {
            self.arguments = arguments
            environment = ProcessEnvironment.entries() + variables.map { Array($0.utf8CString) }
        }
    }

    /// Whether it is killed when this process dies by force, by the ``ChildGuard``.
    private let isGuarded: Bool

    /// Starts the command; nil for a stream is `/dev/null`.
    ///
    /// - Parameter isGuarded: Whether it is killed when this process dies by force.
    /// - Throws: ``SystemError`` naming the program.
    package static func start(
        _ command: Command, environment extra: [String] = [], input: FileDescriptor?, output: FileDescriptor?,
        error: FileDescriptor?, isGuarded: Bool = true
    ) throws(SystemError) -> ChildProcess {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (stream, (descriptor, mode)) in [(input, O_RDONLY), (output, O_WRONLY), (error, O_WRONLY)].enumerated() {
            if let descriptor {
                posix_spawn_file_actions_adddup2(&actions, descriptor.number, Int32(stream))
            } else {
                posix_spawn_file_actions_addopen(&actions, Int32(stream), "/dev/null", mode, 0)
            }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var defaults = sigset_t()
        sigemptyset(&none)
        sigemptyset(&defaults)
        for number in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var pid: pid_t = 0
        let program = command.arguments.first ?? ""
        let code = withCStrings(command.arguments) { arguments in
            withCStrings(extra, behind: command.environment) { environment in
                posix_spawnp(&pid, program, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw SystemError("start '\(program)'", code: code) }
        let exitDescriptor = vajra_pidfd_open(pid)
        guard exitDescriptor >= 0 else {
            let failure = SystemError("watch '\(program)'")
            kill(-pid, SIGKILL)
            waitpid(pid, nil, 0)
            throw failure
        }
        running.withLock { _ = $0.insert(pid) }
        if isGuarded { ChildGuard.started(pid) }
        return ChildProcess(pid: pid, exitDescriptor: exitDescriptor, isGuarded: isGuarded)
    }

    private static let running = Mutex<Set<Int32>>([])

    /// Kills every child that has not been seen to end, with its group. It is the last step before this process ends,
    /// so that no child stays behind, even one that ignores gentler signals.
    package static func killAll() {
        for pid in running.withLock({ $0 }) { kill(-pid, SIGKILL) }
        ChildGuard.dismiss()
    }

    /// How the process has ended; nil when it has not. It works once: the system then forgets the process. It kills
    /// what the process has left behind in its group.
    package func takeEnd() -> ProcessEnd? {
        var ending = siginfo_t()
        // Does not reap the process yet, so its id still names its group and nothing else.
        guard waitid(P_PID, id_t(pid), &ending, WEXITED | WNOHANG | WNOWAIT) == 0, ending.si_signo != 0 else {
            return nil
        }
        return reaped()
    }

    /// Kills the process and reaps it: nobody watches it.
    package func discard() {
        _ = reaped()
        FileDescriptor(exitDescriptor).close()
    }

    private func reaped() -> ProcessEnd {
        kill(-pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        ChildProcess.running.withLock { _ = $0.remove(pid) }
        if isGuarded { ChildGuard.ended(pid) }
        // The encoding of wait(2): the low 7 bits are the signal, the next byte the exit status.
        return status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signalled(status & 0x7f)
    }

    /// Sends a signal to the process and its group.
    package func signal(_ number: Int32) {
        kill(-pid, number)
    }

    private static func withCStrings<Result>(
        _ strings: [String], behind texts: [[CChar]] = [], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) } + strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
