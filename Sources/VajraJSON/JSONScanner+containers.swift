// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Reads an object, calling `member` for each of its members in order, with the scanner at the member's value.
    ///
    /// It skips a value that `member` does not read. `member` must not read a second value, or go on after an error
    /// from within a nested container: both throw.
    @inlinable
    package mutating func readObject(
        _ member: (_ key: JSONKey, _ value: inout JSONScanner) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(.object, with: UInt8(ascii: "{"))
        let level = depth
        position = endOfWhitespace(from: position)
        if position < end, byte(at: position) == UInt8(ascii: "}") { return close() }
        while true {
            let key = try scanKey(at: position)
            position = key.end
            expectsValue = true
            try member(JSONKey(key.token), &self)
            if expectsValue || depth != level { try settle(at: level) }
            position = endOfWhitespace(from: position)
            guard position < end else { throw failure(.unexpectedEnd(expected: .commaOrBrace), at: position) }
            switch byte(at: position) {
            case UInt8(ascii: ","): position = endOfWhitespace(from: position &+ 1)
            case UInt8(ascii: "}"): return close()
            case let other: throw unexpected(other, at: position, expected: .commaOrBrace)
            }
        }
    }

    /// Reads an array, calling `element` for each of its elements in order, with the scanner at the element.
    ///
    /// The rules for `element` are those for the closure of `readObject`.
    @inlinable
    package mutating func readArray(
        _ element: (_ value: inout JSONScanner) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(.array, with: UInt8(ascii: "["))
        let level = depth
        position = endOfWhitespace(from: position)
        if position < end, byte(at: position) == UInt8(ascii: "]") { return close() }
        while true {
            expectsValue = true
            try element(&self)
            if expectsValue || depth != level { try settle(at: level) }
            position = endOfWhitespace(from: position)
            guard position < end else { throw failure(.unexpectedEnd(expected: .commaOrBracket), at: position) }
            switch byte(at: position) {
            case UInt8(ascii: ","): position &+= 1
            case UInt8(ascii: "]"): return close()
            case let other: throw unexpected(other, at: position, expected: .commaOrBracket)
            }
        }
    }

    @inlinable @inline(__always)
    mutating func open(_ kind: JSONKind, with bracket: UInt8) throws(JSONError) {
        let first = try startValue()
        guard first == bracket else { throw mismatch(expected: kind, found: first) }
        guard depth < Self.depthLimit else { throw failure(.tooDeep, at: position) }
        depth &+= 1
        position &+= 1
        expectsValue = false
    }

    @inlinable @inline(__always)
    mutating func close() {
        position &+= 1
        depth &-= 1
        expectsValue = false
    }

    /// Skips the value that a closure left unread, or throws when it left a container half read.
    @usableFromInline @inline(never)
    mutating func settle(at level: Int) throws(JSONError) {
        guard depth == level else { throw failure(.valueHalfRead, at: position) }
        try skipValue()
    }

    /// The key that begins at `start` and where the white space after its colon ends.
    @inlinable
    func scanKey(at start: Int) throws(JSONError) -> (token: StringToken, end: Int) {
        guard start < end else { throw failure(.unexpectedEnd(expected: .key), at: start) }
        guard byte(at: start) == UInt8(ascii: "\"") else {
            throw unexpected(byte(at: start), at: start, expected: .key)
        }
        let token = try scanString(at: start)
        let colon = endOfWhitespace(from: start &+ token.bytes.count &+ 2)
        guard colon < end else { throw failure(.unexpectedEnd(expected: .colon), at: colon) }
        guard byte(at: colon) == UInt8(ascii: ":") else {
            throw unexpected(byte(at: colon), at: colon, expected: .colon)
        }
        return (token, endOfWhitespace(from: colon &+ 1))
    }
}
