// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    // Not inlined: failures are rare, and their code would make the hot loops larger.
    @usableFromInline @inline(never)
    func failure(_ kind: JSONError.Kind, at offset: Int) -> JSONError {
        JSONError(offset: offset, kind: kind)
    }

    @usableFromInline @inline(never)
    func unexpected(_ byte: UInt8, at offset: Int, expected: JSONError.Expectation) -> JSONError {
        let startsWithMark = offset == 0 && end >= 3 && byte == 0xEF && self.byte(at: 1) == 0xBB
        let kind: JSONError.Kind = startsWithMark ? .byteOrderMark : .unexpectedByte(byte, expected: expected)
        return JSONError(offset: offset, kind: kind)
    }

    /// The failure of a read that wanted `expected` and found a value that begins with `first`.
    @usableFromInline @inline(never)
    func mismatch(expected: JSONKind, found first: UInt8) -> JSONError {
        guard let kind = JSONKind(firstByte: first) else { return unexpected(first, at: position, expected: .value) }
        return JSONError(offset: position, kind: .wrongKind(expected: expected, found: kind))
    }
}
