// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How the kernel has scheduled the calling thread: `/proc/thread-self/schedstat`, kept open.
///
/// For one thread only: the file belongs to the thread that opened it.
package final class ThreadSchedule {
    private let descriptor: Int32

    /// Opens the calling thread's file. If the kernel has none, every reading is 0.
    package init() {
        descriptor = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// How long the thread has been ready to run and had to wait for a processor so far, in nanoseconds.
    package func processorWait() -> Int64 {
        guard descriptor >= 0 else { return 0 }
        return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
            let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
            guard count > 0 else { return 0 }
            // "time on the processor, time waiting for it, number of turns"; the first two in nanoseconds.
            let text = String(decoding: UnsafeRawBufferPointer(rebasing: buffer[0..<count]), as: UTF8.self)
            let fields = text.split { $0 == " " || $0 == "\n" }
            return fields.count > 1 ? Int64(fields[1]) ?? 0 : 0
        }
    }
}
