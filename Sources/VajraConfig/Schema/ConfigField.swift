// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// A key of a mapping and where its value goes.
struct ConfigField<Owner: Sendable>: Sendable {
    let name: String
    let about: String
    let isRequired: Bool
    let shape: ConfigShape
    let example: String
    let read: @Sendable (ConfigNode, inout Owner, inout ConfigReading) -> Void
    let write: @Sendable (Owner, inout ConfigWriting) -> Void

    /// The field as data; `blank` holds the default.
    func key(in blank: Owner) -> ConfigKey {
        var key = ConfigKey(name: name, about: about, isRequired: isRequired, shape: shape)
        guard !isRequired else { return key }
        var writing = ConfigWriting(disguises: [:])
        writing.json.beginObject()
        write(blank, &writing)
        writing.json.endObject()
        key.fallback = (try? JSONValue(parsing: writing.json.bytes))?[name]
        return key
    }
}

extension ConfigField {
    private init<Value>(
        _ name: String, _ about: String, _ type: ConfigType<Value>, isRequired: Bool,
        set: @escaping @Sendable (Value, inout Owner) -> Void, get: @escaping @Sendable (Owner) -> Value?
    ) {
        self.name = name
        self.about = about
        self.isRequired = isRequired
        shape = type.shape
        example = type.example
        read = { node, owner, reading in
            if let value = type.read(node, &reading) { set(value, &owner) }
        }
        write = { owner, writing in
            guard let value = get(owner), isRequired || !type.isEmpty(value) else { return }
            writing.json.key(name)
            type.write(value, &writing)
        }
    }

    /// A key that must be there.
    static func required<Value>(
        _ name: String, _ about: String, _ type: ConfigType<Value>,
        _ path: any WritableKeyPath<Owner, Value> & Sendable
    ) -> ConfigField {
        ConfigField(name, about, type, isRequired: true, set: { $1[keyPath: path] = $0 }, get: { $0[keyPath: path] })
    }

    /// An optional key; it is written unless it has its default.
    static func optional<Value>(
        _ name: String, _ about: String, _ type: ConfigType<Value>,
        _ path: any WritableKeyPath<Owner, Value> & Sendable
    ) -> ConfigField {
        ConfigField(name, about, type, isRequired: false, set: { $1[keyPath: path] = $0 }, get: { $0[keyPath: path] })
    }

    /// An optional key; nil when it is absent.
    static func optional<Value>(
        _ name: String, _ about: String, _ type: ConfigType<Value>,
        _ path: any WritableKeyPath<Owner, Value?> & Sendable
    ) -> ConfigField {
        ConfigField(name, about, type, isRequired: false, set: { $1[keyPath: path] = $0 }, get: { $0[keyPath: path] })
    }

    /// A required key with this one value.
    static func constant<Value>(
        _ name: String, _ about: String, _ type: ConfigType<Value>, _ value: Value
    ) -> ConfigField {
        ConfigField(name, about, type, isRequired: true, set: { _, _ in }, get: { _ in value })
    }
}
