// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// The text for people: two spaces a level. A value that fits into `width` columns (counted in bytes) stays on one
    /// line.
    package func indented(width: Int = 120) -> String {
        var text = ""
        write(to: &text, indent: 0, taken: 0, width: width)
        return text
    }

    /// `taken` is how much of the line is used before this value, or after it.
    private func write(to text: inout String, indent: Int, taken: Int, width: Int) {
        let line = onOneLine
        guard line.utf8.count + taken > width else {
            text += line
            return
        }
        let inner = String(repeating: " ", count: indent + 2)
        switch self {
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                text += "\(index == 0 ? "" : ",")\n\(inner)"
                element.write(to: &text, indent: indent + 2, taken: indent + 3, width: width)
            }
            text += "\n\(inner.dropLast(2))]"
        case .object(let members):
            text += "{"
            for (index, (name, value)) in members.enumerated() {
                let key = JSONValue.string(name).onOneLine + ": "
                text += "\(index == 0 ? "" : ",")\n\(inner)\(key)"
                value.write(to: &text, indent: indent + 2, taken: indent + 3 + key.utf8.count, width: width)
            }
            text += "\n\(inner.dropLast(2))}"
        case .null, .bool, .int, .double, .string: text += line
        }
    }

    /// With a space after each comma and colon.
    private var onOneLine: String {
        switch self {
        case .array(let elements):
            return "[\(elements.map(\.onOneLine).joined(separator: ", "))]"
        case .object(let members):
            let parts = members.map { "\(JSONValue.string($0).onOneLine): \($1.onOneLine)" }
            return parts.isEmpty ? "{}" : "{\(parts.joined(separator: ", "))}"
        case .null, .bool, .int, .double, .string:
            var writer = JSONWriter()
            write(to: &writer)
            return String(decoding: writer.bytes, as: UTF8.self)
        }
    }
}
