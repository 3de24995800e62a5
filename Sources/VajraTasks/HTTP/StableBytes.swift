// SPDX-License-Identifier: Apache-2.0

/// Bytes at a fixed address, valid as long as this object lives.
final class StableBytes: Sendable {
    nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

    init(_ content: UnsafeRawBufferPointer) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 16)
        copy.copyMemory(from: content)
        bytes = UnsafeRawBufferPointer(copy)
    }

    deinit {
        bytes.deallocate()
    }
}
