// SPDX-License-Identifier: Apache-2.0

import VajraJSON

// A JSON Schema (draft 2020-12) cannot express some rules, and only the reader checks them: rules between two keys, the
// greatest rates and lengths, limits in bytes, and the content of a text with ${…}.

extension ConfigShape {
    /// The same shape as a JSON Schema. It refuses nothing that the reader accepts.
    var jsonSchema: JSONValue {
        switch self {
        case .text(let form): form.jsonSchema
        case .rate(let isPositive): Self.reference(isPositive ? "positive_rate" : "rate")
        case .length(let isPositive): Self.reference(isPositive ? "positive_length" : "length")
        case .integer(let range): Self.anyOf([Self.number(in: range), Self.substituted])
        case .list(let item): Self.list(of: item, contains: nil)
        case .listWith(let keys, let item):
            Self.list(of: item, contains: .object([("anyOf", .array(keys.map(Self.requiring)))]))
        case .named(let value, let names, let least):
            .object(
                [("type", .string("object")), ("propertyNames", .object(names.limits))]
                    + (least > 0 ? [("minProperties", .int(Int64(least)))] : [])
                    + [("additionalProperties", value.jsonSchema)])
        case .mapping(let keys): Self.mapping(keys)
        case .nothing: .object([("type", .array([.string("object"), .string("null")])), ("maxProperties", .int(0))])
        case .choice(let words, let keys): Self.anyOf(Self.choice(words, keys))
        case .either(let one, let other): Self.anyOf([one.jsonSchema, other.jsonSchema])
        }
    }

    /// A text whose value is known only once its variables and files are put in.
    static let substituted = reference("substituted")

    private static func reference(_ name: String) -> JSONValue {
        .object([("$ref", .string("#/$defs/\(name)"))])
    }

    private static func requiring(_ key: String) -> JSONValue {
        .object([("required", .array([.string(key)]))])
    }

    /// One of several schemas; it flattens nested ones and removes duplicates.
    fileprivate static func anyOf(_ schemas: [JSONValue]) -> JSONValue {
        var all: [JSONValue] = []
        for schema in schemas {
            var parts = [schema]
            if case .object(let members) = schema, members.count == 1, case .array(let inner)? = schema["anyOf"] {
                parts = inner
            }
            for part in parts where !all.contains(part) { all.append(part) }
        }
        return all.count == 1 ? all[0] : .object([("anyOf", .array(all))])
    }

    private static func number(in range: ClosedRange<Int64>) -> JSONValue {
        if range.count == 1 {
            return .object([("enum", .array([.int(range.lowerBound), .string("\(range.lowerBound)")]))])
        }
        return anyOf([
            whole(range),
            .object([("type", .string("string")), ("pattern", .string("^(0|[1-9][0-9]*)$"))]),
        ])
    }

    fileprivate static func whole(_ range: ClosedRange<Int64>) -> JSONValue {
        .object([
            ("type", .string("integer")), ("minimum", .int(range.lowerBound)), ("maximum", .int(range.upperBound)),
        ])
    }

    private static func list(of item: ConfigShape, contains: JSONValue?) -> JSONValue {
        .object(
            [("type", .string("array")), ("minItems", .int(1)), ("items", item.jsonSchema)]
                + (contains.map { [("contains", $0)] } ?? []))
    }

    private static func mapping(_ keys: [ConfigKey]) -> JSONValue {
        let required = keys.filter(\.isRequired).map { JSONValue.string($0.name) }
        return .object(
            [("type", .string("object")), ("properties", .object(keys.map { ($0.name, $0.jsonSchema) }))]
                + (required.isEmpty ? [] : [("required", .array(required))])
                + [("additionalProperties", .bool(false))])
    }

    private static func choice(_ words: [String], _ keys: [ConfigKey]) -> [JSONValue] {
        var forms: [JSONValue] = []
        if !words.isEmpty { forms = [.object([("enum", .array(words.map(JSONValue.string)))]), substituted] }
        guard !keys.isEmpty, case .object(let mapping) = mapping(keys) else { return forms }
        return forms + [.object(mapping + [("minProperties", .int(1)), ("maxProperties", .int(1))])]
    }
}

extension ConfigKey {
    /// The schema of its value, with what editors show for it.
    var jsonSchema: JSONValue {
        guard case .object(let schema) = shape.jsonSchema else { return .bool(true) }
        return .object([("description", .string(about))] + (fallback.map { [("default", $0)] } ?? []) + schema)
    }
}

extension ConfigShape.TextForm {
    fileprivate var limits: [(String, JSONValue)] {
        var limits: [(String, JSONValue)] = []
        if patterns.count == 1 { limits.append(("pattern", .string(patterns[0]))) }
        if patterns.count > 1 {
            limits.append(("allOf", .array(patterns.map { .object([("pattern", .string($0))]) })))
        }
        if shortest > 0 { limits.append(("minLength", .int(Int64(shortest)))) }
        if let longest { limits.append(("maxLength", .int(Int64(longest)))) }
        return limits
    }

    fileprivate var jsonSchema: JSONValue {
        switch bare {
        case .all:
            let type = ("type", JSONValue.array([.string("string"), .string("number"), .string("boolean")]))
            if limits.isEmpty { return .object([type]) }
            return ConfigShape.anyOf([.object([type] + limits), ConfigShape.substituted])
        case .none:
            return ConfigShape.anyOf([.object([("type", .string("string"))] + limits), ConfigShape.substituted])
        case .integers(let range):
            let text = JSONValue.object([("type", .string("string"))] + limits)
            return ConfigShape.anyOf([ConfigShape.whole(range), text, ConfigShape.substituted])
        case .truths:
            let text = JSONValue.object([("type", .string("string"))] + limits)
            return ConfigShape.anyOf([.object([("type", .string("boolean"))]), text, ConfigShape.substituted])
        }
    }
}
