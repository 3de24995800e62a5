// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// Parses `bytes`, which are one text and no more.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(JSONError) {
        var scanner = JSONScanner(bytes)
        self = try scanner.readValue()
        try scanner.finish()
    }

    /// Parses `bytes`, which are one text and no more.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        // `withUnsafeBufferPointer` passes a typed error on; `withUnsafeBytes` would erase it.
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSONValue in
            try JSONValue(parsing: UnsafeRawBufferPointer(buffer))
        }
    }

    /// Writes the tree, without white space.
    package func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let flag): writer.value(flag)
        case .int(let number): writer.value(number)
        case .double(let number): writer.value(number)
        case .string(let string): writer.value(string)
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for (name, value) in members {
                writer.key(name)
                value.write(to: &writer)
            }
            writer.endObject()
        }
    }
}

extension JSONScanner {
    /// Reads the next value as a tree; recursion ends at `depthLimit`.
    package mutating func readValue() throws(JSONError) -> JSONValue {
        switch try peekKind() {
        case .null:
            _ = try readNull()
            return .null
        case .bool: return .bool(try readBool())
        case .string: return .string(try readString())
        case .number: return try readNumber()
        case .array:
            var elements: [JSONValue] = []
            try readArray { (element) throws(JSONError) in elements.append(try element.readValue()) }
            return .array(elements)
        case .object:
            var members: [(String, JSONValue)] = []
            try readObject { (key, value) throws(JSONError) in members.append((String(key), try value.readValue())) }
            return .object(members)
        }
    }

    private mutating func readNumber() throws(JSONError) -> JSONValue {
        let token = try startNumber()
        if !token.hasFractionOrExponent, let number = try? readInt64() { return .int(number) }
        return .double(try readDouble())
    }
}
