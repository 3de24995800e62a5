// SPDX-License-Identifier: Apache-2.0

extension LineReader {
    /// Where a line's bytes stop and where the next line begins, past its CRLF or LF.
    struct LineEnd {
        let stop: Int
        let next: Int
    }

    /// The end of the line that begins before or at `from`, nil when `to` comes first.
    ///
    /// Compares sixteen bytes at once with 0x0E. Below it lie only NUL, HTAB, LF, CR and controls that are allowed, so
    /// one pass finds the line's end and the bytes that must be refused.
    @inline(__always)
    func lineEnd(_ base: UnsafeRawPointer, from: Int, to: Int) throws(HTTPParseError) -> LineEnd? {
        var index = from
        while true {
            index = Self.firstControl(base, from: index, to: to)
            // A CR at the end of the chunk is judged when the next chunk comes.
            guard index &+ 1 < to else { return try lastByte(base, index, to) }
            let pair = base.loadUnaligned(fromByteOffset: index, as: UInt16.self)
            if pair == 0x0A0D { return LineEnd(stop: index, next: index &+ 2) }
            let byte = UInt8(truncatingIfNeeded: pair)
            if byte == ASCII.lineFeed { return LineEnd(stop: index, next: index &+ 1) }
            if byte == ASCII.carriageReturn { throw .bareCarriageReturn(at: origin &+ index) }
            if byte == ASCII.nul { throw .nulByte(at: origin &+ index) }
            index &+= 1
        }
    }

    private func lastByte(_ base: UnsafeRawPointer, _ index: Int, _ to: Int) throws(HTTPParseError) -> LineEnd? {
        guard index < to else { return nil }
        let byte = base.load(fromByteOffset: index, as: UInt8.self)
        if byte == ASCII.nul { throw .nulByte(at: origin &+ index) }
        return byte == ASCII.lineFeed ? LineEnd(stop: index, next: index &+ 1) : nil
    }

    /// The index of the first byte below 0x0E in `from..<to`, or `to`.
    @inline(__always)
    private static func firstControl(_ base: UnsafeRawPointer, from: Int, to: Int) -> Int {
        var index = from
        while index &+ ByteBlock.width <= to {
            if let first = ByteBlock(base, index).firstBelowFourteen { return index &+ first }
            index &+= ByteBlock.width
        }
        while index < to, base.load(fromByteOffset: index, as: UInt8.self) >= 0x0E { index &+= 1 }
        return index
    }
}
