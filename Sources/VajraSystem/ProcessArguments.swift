// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What this process was started with, on its command line.
package enum ProcessArguments {
    /// The arguments behind the program's own name.
    ///
    /// They come from the kernel, which keeps them where `execve` put them. The standard library looks for them below the
    /// environment, and finds nothing once a preloaded library (libfaketime, some allocators) has moved that with `setenv`.
    package static let given: [String] =
        fromKernel?.map { String(decoding: $0, as: UTF8.self) }
        ?? Array(CommandLine.arguments.dropFirst())

    /// The number, from 1, of the first argument that is not UTF-8 and so has other bytes in ``given``; nil when all are.
    package static var firstUnreadable: Int? {
        fromKernel?.firstIndex { String(validating: $0, as: UTF8.self) == nil }.map { $0 + 1 }
    }

    /// `/proc/self/cmdline`, a NUL after each argument; nil where there is no /proc.
    private static let fromKernel: [ArraySlice<UInt8>]? = {
        guard let file = try? FileDescriptor.opening("/proc/self/cmdline") else { return nil }
        defer { file.close() }
        var bytes: [UInt8] = []
        while let piece = try? file.readAll(atMost: 64 * 1024), !piece.isEmpty { bytes += piece }
        guard bytes.last == 0 else { return nil }
        return Array(bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false).dropFirst())
    }()
}
