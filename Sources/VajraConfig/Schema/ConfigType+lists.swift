// SPDX-License-Identifier: Apache-2.0

import VajraJSON

extension ConfigType {
    /// A list of at least one item of a type.
    static func list<Element>(of type: ConfigType<Element>, example: String) -> ConfigType where Value == [Element] {
        var list = ConfigType(
            shape: .list(of: type.shape), example: example,
            read: { node, reading in
                guard case .list(let items) = node.content else {
                    reading.wrongKind(node, expected: "a list", example: example)
                    return nil
                }
                guard !items.isEmpty else {
                    reading.fault("\(reading.label) is empty", at: node.place, hint: "write \(example)")
                    return nil
                }
                let (key, label) = (reading.path.last ?? "", reading.label)
                var values: [Element] = []
                for (index, item) in items.enumerated() {
                    if let value = reading.within(
                        "\(key)[\(index)]", label: "\(label)[\(index)]", { type.read(item, &$0) })
                    {
                        values.append(value)
                    }
                }
                return values.count == items.count ? values : nil
            },
            write: { values, writing in
                writing.json.beginArray()
                for value in values { type.write(value, &writing) }
                writing.json.endArray()
            })
        list.isEmpty = \.isEmpty
        return list
    }

    /// One item, or a list of at least one; a single item is written without the list.
    static func oneOrMore<Element>(
        of type: ConfigType<Element>, example: String
    ) -> ConfigType where Value == [Element] {
        let list = list(of: type, example: example)
        var either = ConfigType(
            shape: .either(type.shape, list.shape), example: example,
            read: { node, reading in
                if case .list = node.content { return list.read(node, &reading) }
                return type.read(node, &reading).map { [$0] }
            },
            write: { values, writing in
                if values.count == 1 { type.write(values[0], &writing) } else { list.write(values, &writing) }
            })
        either.isEmpty = \.isEmpty
        return either
    }
}
