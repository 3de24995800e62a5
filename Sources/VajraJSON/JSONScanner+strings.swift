// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Reads a string and builds it.
    package mutating func readString() throws(JSONError) -> String {
        try readToken().string
    }

    /// Reads a string and gives `body` its decoded UTF-8, which is the scanner's input itself unless the string has
    /// escapes; the bytes are valid only during the call. The string counts as read even when `body` throws.
    @inlinable
    package mutating func readStringBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        let token = try readToken()
        return try token.hasEscapes ? token.withDecoded(body) : body(token.bytes)
    }

    @inlinable
    mutating func readToken() throws(JSONError) -> StringToken {
        let first = try startValue()
        guard first == UInt8(ascii: "\"") else { throw mismatch(expected: .string, found: first) }
        let token = try scanString(at: position)
        position &+= token.bytes.count &+ 2
        expectsValue = false
        return token
    }

    /// The first index from `start` on, and before `end`, whose byte is no ASCII character that a string holds as itself.
    @inlinable @inline(__always)
    package static func endOfPlainText(_ base: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
        WordScan.endOfPlainRun(base, from: start, to: end)
    }

    /// Validates the string whose opening quote is at `opening`.
    @inlinable
    func scanString(at opening: Int) throws(JSONError) -> StringToken {
        let start = opening &+ 1
        let closing = WordScan.endOfPlainRun(base, from: start, to: end)
        if closing < end, byte(at: closing) == UInt8(ascii: "\"") {
            let bytes = UnsafeRawBufferPointer(start: base + start, count: closing &- start)
            return StringToken(bytes: bytes, hasEscapes: false)
        }
        return try scanUnusualString(from: start, reached: closing)
    }

    /// Goes on with a string at its first byte that is neither plain nor its closing quote.
    @usableFromInline @inline(never)
    func scanUnusualString(from start: Int, reached: Int) throws(JSONError) -> StringToken {
        var at = reached
        var hasEscapes = false
        while at < end {
            let special = byte(at: at)
            switch special {
            case UInt8(ascii: "\""):
                let bytes = UnsafeRawBufferPointer(start: base + start, count: at - start)
                return StringToken(bytes: bytes, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                at = try endOfEscape(at: at, inStringFrom: start)
                hasEscapes = true
            case 0x80...:
                let sequence = UTF8Sequence(base, at: at, end: end)
                guard sequence.isValid else { throw failure(.invalidUTF8, at: at) }
                at += sequence.length
            default:
                throw failure(.controlCharacter(special), at: at)
            }
            at = WordScan.endOfPlainRun(base, from: at, to: end)
        }
        throw failure(.unterminatedString, at: start - 1)
    }

    /// Validates the escape, or the two that make a surrogate pair, whose backslash is at `start`.
    private func endOfEscape(at start: Int, inStringFrom first: Int) throws(JSONError) -> Int {
        guard start + 1 < end else { throw failure(.unterminatedString, at: first - 1) }
        switch byte(at: start + 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            guard let unit = hexUnit(at: start + 2) else { throw failure(.invalidEscape, at: start) }
            guard unit & 0xF800 == 0xD800 else { return start + 6 }
            guard unit < 0xDC00, start + 7 < end, byte(at: start + 6) == UInt8(ascii: "\\"),
                byte(at: start + 7) == UInt8(ascii: "u"), let low = hexUnit(at: start + 8), low & 0xFC00 == 0xDC00
            else { throw failure(.loneSurrogate, at: start) }
            return start + 12
        default:
            throw failure(.invalidEscape, at: start)
        }
    }

    /// The UTF-16 unit that the four hex digits from `start` spell, or nil when they are not there.
    private func hexUnit(at start: Int) -> UInt32? {
        guard start + 4 <= end else { return nil }
        var unit: UInt32 = 0
        for at in start..<start + 4 {
            guard let digit = StringToken.hexDigit(byte(at: at)) else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}
