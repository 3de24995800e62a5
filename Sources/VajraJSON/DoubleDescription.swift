// SPDX-License-Identifier: Apache-2.0

/// Takes the description of a Double without a String on the heap.
///
/// `Double.description` allocates beyond 15 characters, and the shortest round-trip form takes up to 24. A text
/// stream's `_writeASCII` gets the digits directly. It is underscored: if a later standard library calls only `write`,
/// the result stays the same and costs the allocation.
struct DoubleDescription: TextOutputStream {
    private var digits: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    private(set) var count = 0

    mutating func write(_ string: String) {
        var string = string
        string.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) {
        append(UnsafeRawBufferPointer(buffer))
    }

    /// Copies what was taken to `start` and returns how many bytes that was.
    func copy(to start: UnsafeMutableRawPointer) -> Int {
        Swift.withUnsafeBytes(of: digits) { start.copyMemory(from: $0.baseAddress!, byteCount: count) }
        return count
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        let start = count
        withUnsafeMutableBytes(of: &digits) { room in
            precondition(bytes.count <= room.count - start, "a Double's description is at most 24 bytes")
            UnsafeMutableRawBufferPointer(rebasing: room[start...]).copyMemory(from: bytes)
        }
        count += bytes.count
    }
}
