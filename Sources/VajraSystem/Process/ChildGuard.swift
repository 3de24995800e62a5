// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Synchronization

/// Ends this process's children when it dies, however it dies: SIGKILL leaves no time to do so itself.
///
/// The guard is another process of the same program, which holds the reading end of a pipe. It is told of each child that
/// starts or ends, as 4 bytes: the process id, negative for an end. When the pipe ends, this process is gone, and the guard
/// kills the group of every child that is left. (A parent's death signal would be tied to one thread and to the child alone, not
/// to what it starts; a control group needs privileges.) What has left its group, by `setsid`, escapes.
package enum ChildGuard {
    /// What makes a process a guard, as its only argument.
    private static let argument = "---guard-children"

    private struct State {
        var isEnabled = false
        var pipe: FileDescriptor?
        var pid: pid_t = 0
    }

    private static let state = Mutex(State())

    /// Has children guarded from now on, if the program comes this way at its start. In a process that was started as a guard
    /// it does the guard's work, and does not return.
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
            // Never waits: the guard is behind only if someone has stopped it.
            _ = write(pipe.number, &number, MemoryLayout<Int32>.size)
        }
    }

    /// Starts the guard with the first child. Where that fails children are ended as well as a living process can.
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
        // A group of its own: what a terminal sends reaches us, and not it.
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

    /// Lets the guard go: every child has ended. It ends at once, and is waited for, so that nothing is left behind.
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
