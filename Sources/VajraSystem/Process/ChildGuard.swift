// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Synchronization

/// Kills this process's children when it dies by force. SIGKILL leaves a process no time to do it.
///
/// The guard is a second process of the same program. It holds the reading end of a pipe, and gets 4 bytes for each
/// child that starts or ends: the process id, negative for an end. When the pipe ends, the parent is gone, and the
/// guard kills the group of every child that is left. A parent's death signal would not do: it is tied to one thread,
/// and reaches the child alone, not what the child starts. A control group needs privileges. A child that left its
/// group by `setsid` escapes.
package enum ChildGuard {
    /// A process with this only argument is a guard.
    private static let argument = "---guard-children"

    private struct State {
        var isEnabled = false
        var pipe: FileDescriptor?
        var pid: pid_t = 0
    }

    private static let state = Mutex(State())

    /// Guards children from now on. Programs call it at their start: in a process that was started as a guard, it does
    /// the guard's work and does not return.
    package static func prepareProcess() {
        if ProcessArguments.given == [argument] { keepGuard() }
        state.withLock { $0.isEnabled = true }
    }

    // MARK: In the guarded process

    /// A child has started.
    static func started(_ pid: Int32) { tell(pid) }

    /// A child has ended, and so has its group.
    static func ended(_ pid: Int32) { tell(-pid) }

    private static func tell(_ number: Int32) {
        state.withLock { state in
            guard state.isEnabled else { return }
            if state.pipe == nil { start(&state) }
            guard let pipe = state.pipe else { return }
            var number = number
            // Does not block: the pipe is full only if someone has stopped the guard.
            _ = write(pipe.number, &number, MemoryLayout<Int32>.size)
        }
    }

    /// Starts the guard with the first child. If that fails, only a parent that is alive can kill the children.
    private static func start(_ state: inout State) {
        state.isEnabled = false
        guard let pipe = try? Pipe() else { return }
        defer { pipe.reading.close() }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipe.reading.number, 0)
        for stream: Int32 in 1...2 { posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own, so that the terminal's signals do not reach the guard.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let arguments = [strdup("vajra-guard"), strdup(argument), nil]
        defer { for argument in arguments { free(argument) } }
        guard posix_spawn(&state.pid, "/proc/self/exe", &actions, &attributes, arguments, environ) == 0 else {
            return pipe.writing.close()
        }
        Pipe.makeNonBlocking(pipe.writing)
        state.pipe = pipe.writing
        state.isEnabled = true
    }

    /// Ends the guard, because every child has ended, and waits for it, so that nothing is left behind.
    static func dismiss() {
        state.withLock { state in
            guard let pipe = state.pipe else { return }
            pipe.close()
            waitpid(state.pid, nil, 0)
            state.pipe = nil
            state.isEnabled = false
        }
    }

    // MARK: In the guard

    private static func keepGuard() -> Never {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        var children: Set<Int32> = []
        var number: Int32 = 0
        while read(0, &number, MemoryLayout<Int32>.size) == MemoryLayout<Int32>.size {
            if number > 0 { children.insert(number) } else { children.remove(-number) }
        }
        for pid in children { kill(-pid, SIGKILL) }
        exit(0)
    }
}
