// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import VajraModel

/// A POSIX thread. Each lane, the output writer and each name look-up has one.
package final class SystemThread: @unchecked Sendable {
    private let handle: pthread_t

    private final class Body {
        let name: String
        let run: () -> Void
        init(name: String, run: @escaping () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Starts a thread with all signals blocked, because the main thread takes them. `top -H` shows the first 15 bytes
    /// of its name.
    ///
    /// - Throws: ``SystemError`` when the system refuses another thread.
    package init(name: String, _ run: @escaping @Sendable () -> Void) throws(SystemError) {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(name: String(name.prefix(15)), run: run))
        var all = sigset_t()
        var previous = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &previous)
        let code = pthread_create(
            &thread, nil,
            { argument in
                let body = Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue()
                _ = vajra_set_thread_name(body.name)
                body.run()
                return nil
            }, body.toOpaque())
        pthread_sigmask(SIG_SETMASK, &previous, nil)
        handle = thread
        guard code == 0 else {
            body.release()
            throw SystemError("start thread \(name)", code: code)
        }
    }

    /// Waits until the thread's body has returned. At most once.
    package func join() {
        pthread_join(handle, nil)
    }

    /// Blocks the calling thread for exactly this long. For code that is meant to stand still, such as a stall.
    ///
    /// It sleeps until 20 ms before the end and then spins, because a busy kernel may wake a sleeper that late.
    package static func hold(nanoseconds: Int64) {
        let end = Clock.now().advanced(byNanoseconds: nanoseconds)
        let asleep = max(0, nanoseconds - 20_000_000)
        var time = timespec(tv_sec: Int(asleep / 1_000_000_000), tv_nsec: Int(asleep % 1_000_000_000))
        var left = timespec()
        while nanosleep(&time, &left) != 0, errno == EINTR { time = left }
        while Clock.now() < end {}
    }

    /// Nobody will join the thread; it ends with the process.
    package func detach() {
        pthread_detach(handle)
    }
}
