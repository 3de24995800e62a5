// SPDX-License-Identifier: Apache-2.0

import CZlib

/// Why gzip could not be set up or used: zlib's own status.
package struct GzipError: Error, Equatable, CustomStringConvertible {
    /// zlib's status, such as `Z_MEM_ERROR`.
    package let status: Int32

    package var description: String { "zlib failed with status \(status)\(status == Z_MEM_ERROR ? ": no memory" : "")" }
}

/// Makes whole gzip members (RFC 1952), each readable without what came before it:
///
///     header 10 | deflate | CRC-32 4 | size 4
///
/// A file of members is a gzip file (RFC 1952, 2.2), and one that is cut short still gives all members before the cut.
/// The time in the header is 0, so that the same lines make the same bytes.
package struct GzipEncoder: ~Copyable {
    /// On the heap, because zlib's state points back to it: it must never move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var output: [UInt8] = []

    /// 15 bits of window, and 16 for a gzip header.
    private static let windowBits: Int32 = 31
    /// zlib's own default, which `gzip` uses too.
    private static let memoryLevel: Int32 = 8

    /// An encoder at level 6, like `gzip`; it takes about 260 KiB.
    ///
    /// - Throws: ``GzipError`` when memory is short.
    package init() throws(GzipError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = deflateInit2_(
            stream, 6, Z_DEFLATED, Self.windowBits, Self.memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            throw GzipError(status: status)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Trades size for time from the next member on: level 1.
    package mutating func hurry() {
        deflateParams(stream, 1, Z_DEFAULT_STRATEGY)
    }

    /// The member of `input` (below 2 GiB). The bytes belong to the encoder, and are valid until the next member.
    ///
    /// - Throws: ``GzipError``.
    package mutating func member(of input: [UInt8]) throws(GzipError) -> ArraySlice<UInt8> {
        let bound = Int(deflateBound(stream, UInt(input.count)))
        if output.count < bound { output = [UInt8](repeating: 0, count: bound) }
        let stream = stream
        let status = input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(output.count)
                return deflate(stream, Z_FINISH)
            }
        }
        let count = output.count - Int(stream.pointee.avail_out)
        deflateReset(stream)
        guard status == Z_STREAM_END else { throw GzipError(status: status) }
        return output[..<count]
    }
}
