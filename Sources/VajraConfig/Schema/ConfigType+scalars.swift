// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraModel

extension ConfigType where Value == String {
    /// Any text. A text from a file is a secret.
    static func text(example: String = "") -> ConfigType {
        ConfigType(
            shape: .text(), example: example,
            read: { node, reading in
                guard let text = reading.text(node, kind: "text", example: example) else { return nil }
                if text.isSecret, !text.text.isEmpty { reading.disguise(text) }
                return text.text
            },
            write: { $1.text($0) }, isEmpty: { $0.isEmpty })
    }

    /// A text that cannot be redacted everywhere, such as a file name, so it must not come from a file.
    static func openText(example: String = "") -> ConfigType {
        scalar(.text(), example: example, write: { $1.text($0) }) { text, _ in text.text }
    }

    /// A text without the characters that end a line or a C string early; `most` bytes at most.
    func singleLine(upTo most: Int = .max) -> ConfigType {
        checked(matching: "^[^\\u0000-\\u0008\\u000A-\\u001F\\u007F]*$", longest: most == .max ? nil : most) { text in
            if text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
                return "must not contain control characters"
            }
            return text.utf8.count > most ? "must have at most \(most) bytes" : nil
        }
    }

    /// The same text, for which being empty means the same as being left out.
    func leftOutWhenEmpty() -> ConfigType {
        var text = self
        text.isEmpty = \.isEmpty
        return text
    }

    /// A text of at least one character.
    func notEmpty() -> ConfigType {
        checked(shortest: 1) { $0.isEmpty ? "must not be empty" : nil }
    }
}

extension ConfigType where Value == ArrivalRate {
    /// A rate from 0 to 1G/s.
    static func rate(example: String = "200/s") -> ConfigType {
        unit(.rate(), example: example) { text throws(UnitParseError) in try ArrivalRate(parsing: text) }
    }

    /// A rate at which something arrives.
    static var positiveRate: ConfigType {
        rate().checked(shape: .rate(isPositive: true)) { $0 > .zero ? nil : "must be above 0" }
    }
}

extension ConfigType where Value == TimeSpan {
    /// A length from 0 to 365 days, as long as a plan may last.
    static func length(example: String) -> ConfigType {
        unit(.length(), example: example) { text throws(UnitParseError) in try TimeSpan(parsing: text) }
            .checked { $0 > .seconds(365 * 86_400) ? "must be at most 365 days (8760h)" : nil }
    }

    /// A length in which something can happen.
    static func positiveLength(example: String = "30s") -> ConfigType {
        length(example: example).checked(shape: .length(isPositive: true)) { $0 > .zero ? nil : "must be above 0" }
    }
}

extension ConfigType where Value: FixedWidthInteger {
    /// A whole number within the range, in decimal digits.
    static func integer(_ range: ClosedRange<Int64>, example: Int64) -> ConfigType {
        let shape = ConfigShape.integer(range)
        return scalar(shape, example: String(example), write: { $1.json.value(Int64($0)) }) { text, reading in
            let digits = text.text.utf8
            // 010 is 8 to YAML 1.1 and 10 to YAML 1.2, so it is neither here.
            let isDecimal =
                digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } && (digits.first != 0x30 || digits.count == 1)
            guard isDecimal, let number = Int64(text.text), range.contains(number) else {
                reading.fault(
                    "\(reading.label) must be \(shape.kind), not \(text.quoted)", at: text.place,
                    hint: "write \"\(example)\"")
                return nil
            }
            return Value(number)
        }
    }
}

extension ConfigType where Value: RawRepresentable<String> & CaseIterable {
    /// One of the words of an enumeration.
    static func words(example: Value) -> ConfigType {
        let words = Value.allCases.map(\.rawValue)
        let shape = ConfigShape.choice(words: words, keys: [])
        return scalar(shape, example: example.rawValue, write: { $1.json.value($0.rawValue) }) { text, reading in
            if let value = Value(rawValue: text.text) { return value }
            reading.fault(
                "\(reading.label) must be \(shape.kind), not \(text.quoted)", at: text.place,
                hint: Spelling.nearest(to: text.text, among: words).map { "did you mean '\($0)'?" } ?? "")
            return nil
        }
    }
}

extension ConfigType where Value: CustomStringConvertible {
    /// A text with a unit. It is written as its `description`; a fault is reported at its own column.
    static func unit(
        _ shape: ConfigShape, example: String,
        parse: @escaping @Sendable (String) throws(UnitParseError) -> Value
    ) -> ConfigType {
        scalar(shape, example: example, write: { $1.text($0.description) }) { text, reading in
            reading.unit(text, parse)
        }
    }
}

extension ConfigType {
    /// A scalar whose text `parse` reads, or notes a fault. A secret is refused, because the value is shown.
    fileprivate static func scalar(
        _ shape: ConfigShape, example: String,
        write: @escaping @Sendable (Value, inout ConfigWriting) -> Void,
        parse: @escaping @Sendable (ConfigText, inout ConfigReading) -> Value?
    ) -> ConfigType {
        ConfigType(
            shape: shape, example: example,
            read: { node, reading in
                guard let text = reading.text(node, kind: shape.kind, example: example) else { return nil }
                return reading.isOpen(text) ? parse(text, &reading) : nil
            },
            write: write)
    }
}

extension ConfigReading {
    /// Whether the text may be shown; notes a fault if it comes from a file.
    mutating func isOpen(_ text: ConfigText) -> Bool {
        guard text.isSecret else { return true }
        fault(
            "\(label) is shown in reports, so it cannot come from a file, which counts as secret", at: text.place,
            hint: "write it here, or take it from a variable")
        return false
    }

    /// The text of a scalar that is not null; notes a fault otherwise.
    fileprivate mutating func text(_ node: ConfigNode, kind: String, example: String) -> ConfigText? {
        guard case .scalar(let scalar) = node.content, !node.isNull else {
            wrongKind(node, expected: kind, example: example)
            return nil
        }
        return substitute(scalar, at: node.place)
    }

    /// The value of a text with a unit; notes the fault at its own column otherwise.
    fileprivate mutating func unit<Value>(
        _ text: ConfigText, _ parse: (String) throws(UnitParseError) -> Value
    ) -> Value? {
        do throws(UnitParseError) {
            return try parse(text.text)
        } catch {
            fault(
                "\(label) \(text.quoted): \(error.cause)", at: text.place(atByte: error.offset), hint: error.remedy)
            return nil
        }
    }
}
