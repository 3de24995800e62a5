// SPDX-License-Identifier: Apache-2.0

/// The bytes of one unfinished line, kept between two chunks; grows by doubling and is reused, never shrunk.
///
/// Its owner bounds it: `LineReader` never appends past the limit of its section.
struct SpillBuffer: ~Copyable, @unchecked Sendable {
    // Sendable: only this value owns the memory, and no pointer to it outlives a call.
    private(set) var start: UnsafeMutableRawPointer?
    private(set) var count = 0
    private(set) var capacity = 0

    deinit { start?.deallocate() }

    var last: UInt8? { count == 0 ? nil : start!.load(fromByteOffset: count - 1, as: UInt8.self) }

    mutating func append(_ bytes: UnsafeRawPointer, count added: Int) {
        guard added > 0 else { return }
        reserve(count + added)
        (start! + count).copyMemory(from: bytes, byteCount: added)
        count += added
    }

    /// Replaces the line ending by one space (RFC 9112 5.2: obs-fold becomes SP).
    mutating func unfold() {
        count = strippedCount
        reserve(count + 1)
        start!.storeBytes(of: ASCII.space, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    @inline(__always)
    mutating func clear() { count = 0 }

    /// The bytes without the CRLF or LF at their end.
    var line: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(start!), count: strippedCount)
    }

    var strippedCount: Int {
        guard last == ASCII.lineFeed else { return count }
        let hasReturn = count > 1 && start!.load(fromByteOffset: count - 2, as: UInt8.self) == ASCII.carriageReturn
        return hasReturn ? count - 2 : count - 1
    }

    private mutating func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        let grown = max(256, capacity * 2, needed)
        let bigger = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 16)
        if let start {
            bigger.copyMemory(from: start, byteCount: count)
            start.deallocate()
        }
        start = bigger
        capacity = grown
    }
}
