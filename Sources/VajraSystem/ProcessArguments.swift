// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What this process was started with, on its command line.
package enum ProcessArguments {
    /// The arguments after the program's name, as the kernel has them.
    ///
    /// The standard library looks for them just below the environment in memory. It finds nothing once a preloaded
    /// library (libfaketime, some allocators) has moved the environment with `setenv`.
    package static let given: [String] =
        fromKernel?.map { String(decoding: $0, as: UTF8.self) }
        ?? Array(CommandLine.arguments.dropFirst())

    /// The number, from 1, of the first argument that is not UTF-8; ``given`` has replaced its bytes. Nil when all are
    /// UTF-8.
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
