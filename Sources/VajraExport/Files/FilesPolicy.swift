// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// When lines reach the disk, and when a file is full.
package struct FilesPolicy: Sendable, Equatable {
    /// The longest that a line waits in memory.
    package var flushEvery = TimeSpan.seconds(1)
    /// The most uncompressed bytes of each stream that wait in memory; a longer line goes through alone.
    package var flushSize = 1 << 20
    /// A file that has reached this size on disk is closed; it may exceed it by less than one flush.
    package var rotateSize: Int64 = 256 << 20
    /// A file that has been open for this time is closed.
    package var rotateEvery = TimeSpan.seconds(3600)

    /// The defaults: 1 s, 1 MiB, 256 MiB, 1 h.
    package init() {}
}
