// SPDX-License-Identifier: Apache-2.0

/// `HTTP/1.x SP 3DIGIT [SP reason]` (RFC 9112 4); the reason, and the space before it, may be missing.
struct StatusLine {
    let minorVersion: Int
    let status: Int

    @inline(__always)
    init(_ line: UnsafeRawBufferPointer, at offset: Int) throws(HTTPParseError) {
        guard let minorVersion = try HTTPVersion.minor(line, from: 0, at: offset) else { throw .notHTTP(at: offset) }
        guard line.count >= 12, line[8] == ASCII.space, line.count == 12 || line[12] == ASCII.space else {
            throw .badStatusLine(at: offset)
        }
        let hundreds = line[9] &- 0x30
        let tens = line[10] &- 0x30
        let units = line[11] &- 0x30
        guard hundreds < 10, tens < 10, units < 10 else { throw .badStatusLine(at: offset) }
        let status = Int(hundreds) &* 100 &+ Int(tens) &* 10 &+ Int(units)
        guard status >= 100 else { throw .statusOutOfRange(status) }
        self.minorVersion = minorVersion
        self.status = status
    }
}

/// The version that ends a request line and begins a status line.
enum HTTPVersion {
    private static let http11: UInt64 = 0x312E_312F_5054_5448  // "HTTP/1.1"
    private static let http10: UInt64 = 0x302E_312F_5054_5448  // "HTTP/1.0"
    private static let slash: UInt64 = 0x0000_002F_5054_5448  // "HTTP/", the low five bytes

    /// x of the HTTP/1.x at `index`; nil when the bytes there are not "HTTP/", in capitals.
    ///
    /// Throws `.unsupportedVersion` for anything after the slash that is not "1." and a digit.
    @inline(__always)
    static func minor(
        _ line: UnsafeRawBufferPointer, from index: Int, at offset: Int
    ) throws(HTTPParseError) -> Int? {
        guard line.count >= index &+ 8 else {
            guard startsWithHTTP(line, from: index) else { return nil }
            throw .unsupportedVersion(at: offset)
        }
        let word = line.baseAddress!.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if word == http11 { return 1 }
        if word == http10 { return 0 }
        guard word & 0xFF_FFFF_FFFF == slash else { return nil }
        guard word &>> 40 & 0xFFFF == 0x2E31, ASCII.isDigit(UInt8(word &>> 56)) else {
            throw .unsupportedVersion(at: offset)
        }
        return Int(word &>> 56) &- 0x30
    }

    private static func startsWithHTTP(_ line: UnsafeRawBufferPointer, from index: Int) -> Bool {
        guard line.count >= index + 5 else { return false }
        let prefix: StaticString = "HTTP/"
        for step in 0..<5 where line[index + step] != prefix.utf8Start[step] { return false }
        return true
    }
}
