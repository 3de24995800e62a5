// SPDX-License-Identifier: Apache-2.0

/// Memory that holds one request after the other. It grows by doubling, never shrinks, and moves only when it grows.
///
/// Used by one lane at a time, so it does without checks of exclusive access. Its bytes are valid until the next
/// change, which is not enough for a request that the socket has taken only in part: such a rest has to be copied.
package final class HTTPRequestBuffer {
    @exclusivity(unchecked) private var start: UnsafeMutableRawPointer
    @exclusivity(unchecked) private var count = 0
    @exclusivity(unchecked) private var capacity: Int

    /// An empty buffer with room for an ordinary head.
    package init(capacity: Int = 1024) {
        self.capacity = max(1, capacity)
        start = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit {
        start.deallocate()
    }

    /// What was written since the last `clear`.
    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// Removes the content, keeps the memory.
    package func clear() { count = 0 }

    /// Appends bytes.
    @inline(__always)
    package func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress, source.count > 0 else { return }
            if count &+ source.count > capacity { grow(to: count + source.count) }
            (start + count).copyMemory(from: base, byteCount: source.count)
            count &+= source.count
        }
    }

    package func append(_ byte: UInt8) {
        if count == capacity { grow(to: count + 1) }
        start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    package func append(decimal number: UInt64) {
        var divisor: UInt64 = 1
        while number / divisor >= 10 { divisor &*= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    @inline(never)
    private func grow(to needed: Int) {
        let grown = max(capacity * 2, needed)
        let bigger = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 16)
        bigger.copyMemory(from: start, byteCount: count)
        start.deallocate()
        start = bigger
        capacity = grown
    }
}
