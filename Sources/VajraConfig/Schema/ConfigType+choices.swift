// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// One of the forms of a value: a mapping with this one key, or the bare word if that says enough.
struct ConfigCase<Value: Sendable>: Sendable {
    let name: String
    let about: String
    let shape: ConfigShape
    let example: String
    let read: @Sendable (ConfigNode, inout ConfigReading) -> Value?
    /// Writes the value if it has this form; returns whether it has.
    let write: @Sendable (Value, inout ConfigWriting) -> Bool
    /// The meaning of the bare word; nil if the word is not enough.
    var word: (@Sendable (inout ConfigReading) -> Value)?

    /// A form with details; `extract` gives them, or nil for a value of another form.
    init<Details>(
        _ name: String, _ about: String, _ type: ConfigType<Details>, make: @escaping @Sendable (Details) -> Value,
        extract: @escaping @Sendable (Value) -> Details?
    ) {
        self.name = name
        self.about = about
        shape = type.shape
        example = "{\(name): \(type.example)}"
        read = { node, reading in type.read(node, &reading).map(make) }
        write = { value, writing in
            guard let details = extract(value) else { return false }
            writing.json.beginObject()
            writing.json.key(name)
            type.write(details, &writing)
            writing.json.endObject()
            return true
        }
    }

    /// A form without details: the bare word, or the key with nothing or `{}`.
    init(word name: String, _ about: String, is isValue: @escaping @Sendable (Value) -> Bool, _ value: Value) {
        self.name = name
        self.about = about
        shape = .nothing
        example = name
        read = { node, reading in
            guard node.isNull || node.content == .mapping([]) else {
                reading.fault("\(name) takes nothing", at: node.place, hint: "write {}")
                return nil
            }
            return value
        }
        write = { candidate, writing in
            guard isValue(candidate) else { return false }
            writing.json.value(name)
            return true
        }
        word = { _ in value }
    }

    /// The same form, for which the bare word is enough too.
    func orWord(_ meaning: @escaping @Sendable (inout ConfigReading) -> Value) -> ConfigCase {
        var other = self
        other.word = meaning
        return other
    }
}

extension ConfigType {
    /// A value of one of several forms; `later` are forms that a future version will understand.
    static func choice(_ cases: [ConfigCase<Value>], later: [String] = [], example: String) -> ConfigType {
        let keys = cases.map { ConfigKey(name: $0.name, about: $0.about, isRequired: false, shape: $0.shape) }
        let words = cases.filter { $0.word != nil }.map(\.name)
        let shape = ConfigShape.choice(words: words, keys: keys)
        return ConfigType(
            shape: shape, example: example,
            read: { node, reading in
                switch node.content {
                case .scalar(let scalar):
                    guard !node.isNull else {
                        reading.wrongKind(node, expected: shape.kind, example: example)
                        return nil
                    }
                    guard let text = reading.substitute(scalar, at: node.place), reading.isOpen(text) else {
                        return nil
                    }
                    let form = cases.first { $0.name == text.text }
                    if let word = form?.word { return word(&reading) }
                    reading.fault(
                        "\(reading.label) must be \(shape.kind), not \(text.quoted)", at: node.place,
                        hint: Quotation.remedy(form?.example ?? example))
                    return nil
                case .mapping(let members):
                    guard let member = reading.onlyMember(members, of: node, keys, later: later, example: example),
                        let form = cases.first(where: { $0.name == member.key })
                    else { return nil }
                    return reading.within(member.key) { form.read(member.value, &$0) }
                case .list:
                    reading.wrongKind(node, expected: shape.kind, example: example)
                    return nil
                }
            },
            write: { value, writing in
                for form in cases where form.write(value, &writing) { return }
            })
    }
}

extension ConfigReading {
    /// The one key of a choice. Notes a fault for each unknown key, and for none or several.
    fileprivate mutating func onlyMember(
        _ members: [ConfigMember], of node: ConfigNode, _ keys: [ConfigKey], later: [String], example: String
    ) -> ConfigMember? {
        let known = members.filter { member in keys.contains { $0.name == member.key } }
        for member in members where !known.contains(where: { $0.key == member.key }) {
            unknownKey(member, among: keys, later: later)
        }
        if members.isEmpty {
            fault("\(label) is empty", at: node.place, hint: Quotation.remedy(example))
        }
        for extra in known.dropFirst() {
            fault(
                "\(label) takes one key; '\(extra.key)' follows '\(known[0].key)'", at: extra.place,
                hint: "keep one of the two")
        }
        return members.count == 1 ? known.first : nil
    }
}
