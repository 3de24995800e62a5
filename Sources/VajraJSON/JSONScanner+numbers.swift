// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Reads an integer from -2^63 to 2^63 - 1; throws `.integerOutOfRange` beyond, `.notAnInteger` for a fraction.
    ///
    /// `1.0` and `1e3` are integers too, because other programs write whole numbers like this. They are exact; if the
    /// digits, with all written zeros, exceed 64 bits, it throws.
    package mutating func readInt64() throws(JSONError) -> Int64 {
        let isNegative = try startValue() == UInt8(ascii: "-")
        if let quick = quickInteger(from: isNegative ? position &+ 1 : position) {
            position = quick.end
            expectsValue = false
            return isNegative ? 0 &- Int64(truncatingIfNeeded: quick.value) : Int64(truncatingIfNeeded: quick.value)
        }
        let token = try startNumber()
        let magnitude = try token.wholeMagnitude(at: position)
        guard magnitude <= Int64.max.magnitude || (isNegative && magnitude == Int64.min.magnitude) else {
            throw failure(.integerOutOfRange, at: position)
        }
        position = token.end
        expectsValue = false
        return Int64(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
    }

    /// Reads an integer from 0 to 2^64 - 1 under the rules of `readInt64`; `-0` is 0.
    package mutating func readUInt64() throws(JSONError) -> UInt64 {
        _ = try startValue()
        if let quick = quickInteger(from: position) {
            position = quick.end
            expectsValue = false
            return quick.value
        }
        let token = try startNumber()
        let magnitude = try token.wholeMagnitude(at: position)
        guard !token.isNegative || magnitude == 0 else { throw failure(.integerOutOfRange, at: position) }
        position = token.end
        expectsValue = false
        return magnitude
    }

    /// Reads a number as the nearest Double. A number that is too small gives 0; one that is too large throws
    /// `.numberOutOfRange`.
    package mutating func readDouble() throws(JSONError) -> Double {
        let token = try startNumber()
        let value = try double(token)
        position = token.end
        expectsValue = false
        return value
    }

    /// The integer of 1 to 18 digits that begins at `start`: nearly every number of a stream. Nil for everything else,
    /// valid or not, which then takes the slow path.
    @inline(__always)
    private func quickInteger(from start: Int) -> (value: UInt64, end: Int)? {
        let limit = min(end, start &+ 19)
        var (value, at) = (0 as UInt64, start)
        while at < limit, case let digit = byte(at: at) &- UInt8(ascii: "0"), digit < 10 {
            value = value &* 10 &+ UInt64(digit)
            at &+= 1
        }
        guard at > start, at < start &+ 19 else { return nil }
        if byte(at: start) == UInt8(ascii: "0"), at > start &+ 1 { return nil }
        if at < end, byte(at: at) == UInt8(ascii: ".") || byte(at: at) | 0x20 == UInt8(ascii: "e") { return nil }
        return (value, at)
    }

    /// Moves to the next value, which must be a number, and validates it; consumes nothing.
    mutating func startNumber() throws(JSONError) -> NumberToken {
        let first = try startValue()
        guard JSONKind(firstByte: first) == .number else { throw mismatch(expected: .number, found: first) }
        return try scanNumber(at: position)
    }

    /// The Double nearest to `token`, which begins at `position`.
    func double(_ token: NumberToken) throws(JSONError) -> Double {
        if let quick = token.quickDouble { return quick }
        // The standard library's parser rounds correctly and, unlike strtod, ignores the locale. It needs a String,
        // which allocates for more than 15 bytes. Only numbers of 17 digits or with large exponents come here.
        let bytes = UnsafeRawBufferPointer(start: base + position, count: token.end - position)
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
            throw failure(.numberOutOfRange, at: position)
        }
        return value
    }

    /// Validates the number that begins at `start`, by the grammar of RFC 8259, 6.
    func scanNumber(at start: Int) throws(JSONError) -> NumberToken {
        var token = NumberToken(from: start)
        if byte(at: start) == UInt8(ascii: "-") {
            token.isNegative = true
            token.end += 1
        }
        let first = token.end
        guard token.appendDigits(base, to: end) > 0 else { throw missingDigit(at: first) }
        guard byte(at: first) != UInt8(ascii: "0") || token.end == first + 1 else {
            throw failure(.leadingZero, at: first)
        }
        guard token.end < end else { return token }
        if byte(at: token.end) == UInt8(ascii: ".") { try scanFraction(&token) }
        if token.end < end, byte(at: token.end) | 0x20 == UInt8(ascii: "e") { try scanExponent(&token) }
        return token
    }

    private func scanFraction(_ token: inout NumberToken) throws(JSONError) {
        token.hasFractionOrExponent = true
        token.end += 1
        let digits = token.appendDigits(base, to: end)
        guard digits > 0 else { throw missingDigit(at: token.end) }
        token.exponent = -digits
    }

    private func scanExponent(_ token: inout NumberToken) throws(JSONError) {
        token.hasFractionOrExponent = true
        token.end += 1
        var isNegative = false
        if token.end < end, byte(at: token.end) == UInt8(ascii: "-") || byte(at: token.end) == UInt8(ascii: "+") {
            isNegative = byte(at: token.end) == UInt8(ascii: "-")
            token.end += 1
        }
        let first = token.end
        var exponent = 0
        while token.end < end, case let digit = byte(at: token.end) &- UInt8(ascii: "0"), digit < 10 {
            // Capped far beyond any double, so that a long row of digits cannot overflow it.
            exponent = min(exponent * 10 + Int(digit), 1_000_000)
            token.end += 1
        }
        guard token.end > first else { throw missingDigit(at: first) }
        token.exponent += isNegative ? -exponent : exponent
    }

    private func missingDigit(at index: Int) -> JSONError {
        guard index < end else { return failure(.unexpectedEnd(expected: .digit), at: index) }
        return unexpected(byte(at: index), at: index, expected: .digit)
    }
}
