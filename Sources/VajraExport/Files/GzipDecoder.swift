// SPDX-License-Identifier: Apache-2.0

import CZlib

/// What is wrong with gzip data; nothing after the damage can be read.
package struct GzipDamage: Error, Equatable, CustomStringConvertible {
    /// The cause, in words.
    package let description: String

    /// The data ends within a member.
    package static let cut = GzipDamage(description: "the gzip data is cut off")
    /// The process has no memory for zlib.
    static let noMemory = GzipDamage(description: "there is no memory to read gzip data")

    /// zlib refuses the data for the reason that it names.
    static func refused(_ stream: z_stream) -> GzipDamage {
        let reason = stream.msg.map { String(cString: $0) } ?? "zlib refuses it"
        return GzipDamage(description: "the gzip data is damaged (\(reason))")
    }
}

/// Expands gzip data while it comes: any number of members (RFC 1952, 2.2), in chunks of any size.
package final class GzipDecoder {
    /// How gzip data begins.
    package static let magic: (UInt8, UInt8) = (0x1F, 0x8B)

    /// On the heap, because zlib's state points back to it: it must never move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isWithinMember = false
    private var hasMember = false

    /// 15 bits of window, and 16 for a gzip header.
    private static let windowBits: Int32 = 31

    /// A decoder at the beginning of the data; about 40 KiB.
    ///
    /// - Throws: ``GzipDamage`` when memory is short.
    package init() throws(GzipDamage) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard
            inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else {
            stream.deallocate()
            throw .noMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Takes the next bytes, and gives what they expand to, a buffer at a time.
    ///
    /// - Throws: ``GzipDamage``, after it has given everything before the damage.
    package func append(
        _ input: UnsafeRawBufferPointer, through buffer: UnsafeMutableRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(GzipDamage) {
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(input.count)
        repeat {
            if !isWithinMember {
                skipPadding()
                if stream.pointee.avail_in == 0 { return }
                (isWithinMember, hasMember) = (true, true)
            }
            stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(buffer.count)
            let status = inflate(stream, Z_NO_FLUSH)
            let count = buffer.count - Int(stream.pointee.avail_out)
            if count > 0 { body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            switch status {
            case Z_OK: break
            case Z_STREAM_END:
                isWithinMember = false
                inflateReset(stream)
            case Z_BUF_ERROR: return
            case Z_MEM_ERROR: throw .noMemory
            default: throw .refused(stream.pointee)
            }
        } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
    }

    /// Skips zeros: some tools fill the last block of a file with them.
    private func skipPadding() {
        while hasMember, stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
            stream.pointee.next_in += 1
            stream.pointee.avail_in -= 1
        }
    }

    /// Ends the data.
    ///
    /// - Throws: ``GzipDamage/cut`` within a member.
    package func finish() throws(GzipDamage) {
        if isWithinMember { throw .cut }
    }
}
