// SPDX-License-Identifier: Apache-2.0

/// A read position in one chunk of input, valid as long as the chunk.
struct ByteCursor {
    let base: UnsafeRawPointer
    var position: Int
    let end: Int

    @inline(__always)
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return nil }
        self.base = base
        self.position = 0
        self.end = bytes.count
    }

    /// The byte at the position, which must be before the end.
    @inline(__always)
    var byte: UInt8 { base.load(fromByteOffset: position, as: UInt8.self) }

    /// Steps over at most `limit` bytes and returns them.
    @inline(__always)
    mutating func take(atMost limit: Int) -> UnsafeRawBufferPointer {
        let count = min(limit, end &- position)
        let taken = UnsafeRawBufferPointer(start: base + position, count: count)
        position &+= count
        return taken
    }
}
