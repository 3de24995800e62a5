// SPDX-License-Identifier: Apache-2.0

/// Words from the config within a message: short, on one line, and harmless to a terminal.
enum Quotation {
    private static let longest = 48

    /// The text in single quotes, cut after 48 characters, control and formatting characters as `\u{1B}`.
    static func quote(_ text: String) -> String {
        var quoted = "'"
        for scalar in text.unicodeScalars.prefix(longest) {
            if isPrintable(scalar) {
                quoted.unicodeScalars.append(scalar)
            } else {
                quoted += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return text.unicodeScalars.dropFirst(longest).isEmpty ? quoted + "'" : quoted + "…'"
    }

    /// Several words for a hint: `a, b, c`.
    static func list(_ words: some Sequence<String>) -> String {
        words.joined(separator: ", ")
    }

    /// A hint to write a value, in double quotes unless it is flow YAML, which has brackets; empty for none.
    static func remedy(_ example: String) -> String {
        if example.isEmpty { return "" }
        return isFlow(example) ? "write \(example)" : "write \"\(example)\""
    }

    /// A hint to add a key.
    static func remedy(key: String, _ example: String) -> String {
        isFlow(example) ? "add \(key): \(example)" : "add \"\(key): \(example)\""
    }

    private static func isFlow(_ example: String) -> Bool {
        example.hasPrefix("{") || example.hasPrefix("[")
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }
}
