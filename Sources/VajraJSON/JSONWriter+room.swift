// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// Makes room for `size` more bytes.
    @inlinable
    package mutating func reserve(_ size: Int) {
        if storage.count &- filled < size { grow(by: size) }
    }

    /// Gives `encode` room for `size` bytes; `encode` returns how many it has written.
    @inlinable @inline(__always)
    mutating func emit(atMost size: Int, _ encode: (UnsafeMutableRawPointer) -> Int) {
        reserve(size)
        let start = filled
        // The buffer is never empty: it is made with 64 bytes and only grows.
        filled = start &+ storage.withUnsafeMutableBytes { encode($0.baseAddress! + start) }
    }

    /// Like `emit`, for a whole value: writes a comma first when one is due.
    @inlinable @inline(__always)
    mutating func separated(atMost size: Int, _ encode: (UnsafeMutableRawPointer) -> Int) {
        let comma = needsComma ? 1 : 0
        emit(atMost: size &+ 1) { start in
            start.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
            return comma &+ encode(start + comma)
        }
        needsComma = true
    }

    @usableFromInline @inline(never)
    mutating func grow(by size: Int) {
        var larger = [UInt8](repeating: 0, count: max(storage.count * 2, filled + size))
        larger.withUnsafeMutableBytes { new in
            storage.withUnsafeBytes { old in new.copyMemory(from: UnsafeRawBufferPointer(rebasing: old[..<filled])) }
        }
        storage = larger
    }
}
