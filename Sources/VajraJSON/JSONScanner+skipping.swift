// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Skips the next value, whatever it is, checking it as strictly as if it were read.
    package mutating func skipValue() throws(JSONError) {
        let first = try startValue()
        position = try endOfValue(at: position, first: first)
        expectsValue = false
    }

    /// Skips the next value and returns its bytes, without the white space around it: well-formed JSON, which a
    /// `JSONWriter` can splice in with `rawValue`. They are the scanner's input itself.
    package mutating func rawValue() throws(JSONError) -> UnsafeRawBufferPointer {
        _ = try startValue()
        let start = position
        try skipValue()
        return UnsafeRawBufferPointer(start: base + start, count: position - start)
    }

    private func endOfValue(at start: Int, first: UInt8) throws(JSONError) -> Int {
        switch JSONKind(firstByte: first) {
        case .object, .array: return try endOfContainer(at: start)
        case .string: return start + (try scanString(at: start)).bytes.count + 2
        case .number: return try scanNumber(at: start).end
        case .bool, .null: return try endOfWord(at: start)
        case nil: throw unexpected(first, at: start, expected: .value)
        }
    }

    /// Validates the container at `start` without recursion. The bits of one word say which levels are objects, because
    /// there are at most 64 levels.
    private func endOfContainer(at start: Int) throws(JSONError) -> Int {
        var at = start
        var level = depth
        var objects: UInt64 = 0
        while true {
            guard at < end else { throw failure(.unexpectedEnd(expected: .value), at: at) }
            let first = byte(at: at)
            var isOpening = false
            if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
                guard level < Self.depthLimit else { throw failure(.tooDeep, at: at) }
                let bit: UInt64 = 1 << UInt64(level)
                objects = first == UInt8(ascii: "{") ? objects | bit : objects & ~bit
                level += 1
                at = endOfWhitespace(from: at + 1)
                isOpening = true
            } else {
                at = endOfWhitespace(from: try endOfValue(at: at, first: first))
            }
            // Closes what closes here, then stops before the next value.
            while true {
                let isObject = objects >> UInt64(level - 1) & 1 == 1
                if at < end, byte(at: at) == UInt8(ascii: isObject ? "}" : "]") {
                    level -= 1
                    if level == depth { return at + 1 }
                    at = endOfWhitespace(from: at + 1)
                    isOpening = false
                    continue
                }
                if !isOpening { at = try endOfComma(at: at, isObject: isObject) }
                if isObject { at = try scanKey(at: at).end }
                break
            }
        }
    }

    private func endOfComma(at index: Int, isObject: Bool) throws(JSONError) -> Int {
        let expected: JSONError.Expectation = isObject ? .commaOrBrace : .commaOrBracket
        guard index < end else { throw failure(.unexpectedEnd(expected: expected), at: index) }
        guard byte(at: index) == UInt8(ascii: ",") else {
            throw unexpected(byte(at: index), at: index, expected: expected)
        }
        return endOfWhitespace(from: index + 1)
    }

    /// The end of the `true`, `false` or `null` at `start`, told apart by its first letter.
    func endOfWord(at start: Int) throws(JSONError) -> Int {
        let word: StaticString =
            switch byte(at: start) {
            case UInt8(ascii: "t"): "true"
            case UInt8(ascii: "f"): "false"
            default: "null"
            }
        for index in 0..<word.utf8CodeUnitCount {
            guard start + index < end else { throw failure(.unexpectedEnd(expected: .value), at: end) }
            guard byte(at: start + index) == word.utf8Start[index] else { throw failure(.unknownWord, at: start) }
        }
        return start + word.utf8CodeUnitCount
    }
}
