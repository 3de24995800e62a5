// SPDX-License-Identifier: Apache-2.0

import CZlib

/// A zlib inflate stream that is set up once and expands one whole buffer after another, up to a fixed size.
///
/// Unchecked Sendable: its pointers have no other owner, and each use of them needs exclusive access to this value.
struct Inflater: ~Copyable, @unchecked Sendable {
    /// On the heap, because zlib's state points back to it: it must never move.
    private let stream: UnsafeMutablePointer<z_stream>
    /// One byte longer than the limit, to tell what just fits from what does not. Unused pages cost nothing.
    private let buffer: UnsafeMutableRawBufferPointer
    /// The most bytes that a buffer may expand to.
    private let limit: Int

    /// Throws `zlibFailure` when memory is short.
    init(limit: Int) throws(HistogramCodingError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            throw .zlibFailure(status: status)
        }
        buffer = .allocate(byteCount: limit + 1, alignment: 16)
        self.limit = limit
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        buffer.deallocate()
    }

    /// The bytes that the zlib stream `input` stands for, valid until the next call.
    ///
    /// Throws when `input` is damaged, is not exactly one stream, or expands to more than the limit.
    mutating func inflate(_ input: ArraySlice<UInt8>) throws(HistogramCodingError) -> UnsafeRawBufferPointer {
        let (stream, buffer) = (stream, buffer)
        let status = input.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(buffer.count)
            return CZlib.inflate(stream, Z_FINISH)
        }
        let unread = Int(stream.pointee.avail_in)
        let written = buffer.count - Int(stream.pointee.avail_out)
        inflateReset(stream)

        guard written <= limit else { throw .inflatedTooLong(limit: limit) }
        switch status {
        case Z_STREAM_END:
            guard unread == 0 else { throw .trailingBytes(unread) }
            return UnsafeRawBufferPointer(rebasing: buffer[..<written])
        case Z_OK, Z_BUF_ERROR: throw .truncatedDeflate
        case Z_MEM_ERROR: throw .zlibFailure(status: status)
        default: throw .corruptDeflate(status: status)
        }
    }
}
