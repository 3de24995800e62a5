// SPDX-License-Identifier: Apache-2.0

import VajraJSON

extension JSONWriter {
    /// Writes `attributes` as an object of strings, in the given order; nothing when there are none.
    mutating func encodeAttributes(_ attributes: [(String, String)]) {
        guard !attributes.isEmpty else { return }
        key("attributes")
        beginObject()
        for (name, text) in attributes {
            key(name)
            value(text)
        }
        endObject()
    }
}

extension JSONScanner {
    /// Reads an object of strings, in its order.
    mutating func readAttributes() throws(JSONError) -> [(String, String)] {
        var attributes: [(String, String)] = []
        try readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
            attributes.append((String(key), try value.readString()))
        }
        return attributes
    }
}
