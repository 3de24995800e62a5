// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Bytes that wait to be sent, first in, first out; keeps its memory.
package final class HTTP2WriteBuffer {
    @exclusivity(unchecked) private var memory = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 16 * 1024, alignment: 16)
    @exclusivity(unchecked) private var start = 0
    @exclusivity(unchecked) private var end = 0

    package init() {}

    deinit {
        memory.deallocate()
    }

    /// How many bytes wait.
    package var count: Int { end - start }

    /// The bytes that wait; valid until the next change.
    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[start..<end]) }

    /// Takes bytes away from the front.
    package func removeFirst(_ count: Int) {
        start += count
        if start == end { (start, end) = (0, 0) }
    }

    /// Adds bytes at the end.
    package func append(_ bytes: UnsafeRawBufferPointer) {
        if end + bytes.count > memory.count { makeRoom(for: bytes.count) }
        UnsafeMutableRawBufferPointer(rebasing: memory[end...]).copyMemory(from: bytes)
        end += bytes.count
    }

    private func makeRoom(for more: Int) {
        let waiting = bytes
        if waiting.count + more > memory.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(memory.count * 2, waiting.count + more), alignment: 16)
            larger.copyMemory(from: waiting)
            memory.deallocate()
            memory = larger
        } else {
            memmove(memory.baseAddress!, waiting.baseAddress!, waiting.count)
        }
        (start, end) = (0, waiting.count)
    }
}
