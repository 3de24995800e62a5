// SPDX-License-Identifier: Apache-2.0

/// `method SP request-target SP HTTP/1.x` (RFC 9112 3), with exactly one space between the parts.
struct RequestLine {
    let minorVersion: Int
    let method: UnsafeRawBufferPointer
    let target: UnsafeRawBufferPointer

    init(_ line: UnsafeRawBufferPointer, at offset: Int) throws(HTTPParseError) {
        guard let methodEnd = line.firstIndex(of: ASCII.space), methodEnd > 0 else { throw .badRequestLine(at: offset) }
        let method = UnsafeRawBufferPointer(rebasing: line[..<methodEnd])
        guard method.allSatisfy(ASCII.isToken) else { throw .badMethod(at: offset) }
        let rest = line[(methodEnd + 1)...]
        guard let targetEnd = rest.firstIndex(of: ASCII.space), targetEnd > methodEnd + 1 else {
            throw .badRequestLine(at: offset)
        }
        let target = UnsafeRawBufferPointer(rebasing: line[(methodEnd + 1)..<targetEnd])
        guard target.allSatisfy(ASCII.isVisible) else { throw .badTarget(at: offset) }
        guard let minorVersion = try HTTPVersion.minor(line, from: targetEnd + 1, at: offset),
            line.count == targetEnd + 9
        else { throw .badRequestLine(at: offset) }
        self.minorVersion = minorVersion
        self.method = method
        self.target = target
    }
}
