// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The bytes of the last response head. An identical head need not be parsed again.
///
/// A loaded server sends the same head for a second at a time, until its Date changes. Comparing 240 bytes costs about
/// 40 instructions, parsing them about 1 300. The scanner keeps the parsed values; this type tells whether they still
/// hold. Interim heads in the same chunk are part of the remembered bytes.
struct RememberedHead: ~Copyable, Sendable {
    /// Longer heads are not remembered: they are rare, and each connection would pay for a copy.
    private static let capacity = 2_048

    private var bytes = SpillBuffer()
    private(set) var status = 0

    /// Moves the cursor past the remembered head if that comes next.
    @inline(__always)
    func skip(_ cursor: inout ByteCursor) -> Bool {
        let count = bytes.count
        guard count > 0, count <= cursor.end, memcmp(cursor.base, bytes.start!, count) == 0 else { return false }
        cursor.position = count
        return true
    }

    mutating func forget() { bytes.clear() }

    /// Remembers the first `count` bytes of the chunk, a whole head.
    mutating func remember(_ head: UnsafeRawPointer, count: Int, status: Int) {
        bytes.clear()
        guard count <= Self.capacity else { return }
        bytes.append(head, count: count)
        self.status = status
    }
}
