// SPDX-License-Identifier: Apache-2.0

import VajraJSON

extension ConfigType {
    /// A mapping of the given keys, read in their order into a value that starts as `blank`.
    ///
    /// `later` are keys that a future version will understand. `finish` checks rules between keys; it is called only
    /// when all keys are good.
    static func mapping(
        _ blank: Value, _ fields: [ConfigField<Value>], later: [String] = [], example: String,
        finish: @escaping @Sendable (ConfigNode, inout Value, inout ConfigReading) -> Void = { _, _, _ in }
    ) -> ConfigType {
        let keys = fields.map { $0.key(in: blank) }
        return ConfigType(
            shape: .mapping(keys), example: example,
            read: { node, reading in
                guard case .mapping(let members) = node.content else {
                    reading.wrongKind(node, expected: "a mapping", example: example)
                    return nil
                }
                let faults = reading.faultCount
                for member in members where !keys.contains(where: { $0.name == member.key }) {
                    reading.unknownKey(member, among: keys, later: later)
                }
                var value = blank
                for field in fields {
                    if let node = node[field.name] {
                        reading.within(field.name) { field.read(node, &value, &$0) }
                    } else if field.isRequired {
                        reading.fault(
                            "\(reading.label) lacks the key '\(field.name)'", at: node.place,
                            hint: Quotation.remedy(key: field.name, field.example))
                    }
                }
                if reading.faultCount == faults { finish(node, &value, &reading) }
                return reading.faultCount == faults ? value : nil
            },
            write: { value, writing in
                writing.json.beginObject()
                for field in fields { field.write(value, &writing) }
                writing.json.endObject()
            })
    }

    /// A mapping of names to values of a type, in the order of the names' first appearance.
    ///
    /// Messages call one of them a `noun`. `check` says what is wrong with a name, as a phrase that follows it, such as
    /// `is empty`. `join` and `split` convert between a name with its value and the stored element.
    static func named<Element: Sendable>(
        _ noun: String, _ type: ConfigType<Element>, example: String,
        names: ConfigShape.TextForm = .notEmpty,
        check: @escaping @Sendable (String) -> String? = { $0.isEmpty ? "is empty" : nil },
        join: @escaping @Sendable ([(name: String, value: Element)]) -> Value,
        split: @escaping @Sendable (Value) -> [(name: String, value: Element)],
        writeElement: @escaping @Sendable (String, Element, inout ConfigWriting) -> Void
    ) -> ConfigType {
        var named = ConfigType(
            shape: .named(type.shape, names: names), example: example,
            read: { node, reading in
                guard case .mapping(let members) = node.content else {
                    reading.wrongKind(node, expected: "a mapping", example: example)
                    return nil
                }
                let faults = reading.faultCount
                var elements: [(name: String, value: Element)] = []
                for member in members {
                    if let cause = check(member.key) {
                        reading.fault("the \(noun) name \(Quotation.quote(member.key)) \(cause)", at: member.place)
                    }
                    let label = "\(noun) \(Quotation.quote(member.key))"
                    if let value = reading.within(member.key, label: label, { type.read(member.value, &$0) }) {
                        elements.append((member.key, value))
                    }
                }
                return reading.faultCount == faults ? join(elements) : nil
            },
            write: { value, writing in
                writing.json.beginObject()
                for (name, element) in split(value) {
                    writing.json.key(name)
                    writeElement(name, element, &writing)
                }
                writing.json.endObject()
            })
        named.isEmpty = { split($0).isEmpty }
        return named
    }
}

extension ConfigReading {
    /// Notes the fault of an unknown key.
    mutating func unknownKey(_ member: ConfigMember, among keys: [ConfigKey], later: [String]) {
        if later.contains(member.key) {
            fault(
                "'\(member.key)' is not supported by this version of VajraPulse yet", at: member.place,
                hint: "leave it out")
        } else if member.key == "<<" {
            fault("merge keys are not supported", at: member.place, hint: "an alias can stand for a whole value only")
        } else {
            fault(
                "\(label) has no key \(Quotation.quote(member.key))", at: member.place,
                hint: tellsFaults ? Spelling.hint(for: member.key, among: keys.map(\.name)) : "")
        }
    }
}
