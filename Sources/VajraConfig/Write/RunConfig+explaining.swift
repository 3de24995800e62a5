// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// One value of a config, as it is in force.
package struct ExplainedValue: Sendable, Equatable {
    /// Where it stands.
    package let path: ConfigPath
    /// The value as JSON, or as text without quotes where it is a text; secrets as `[redacted]`.
    package let value: String
    /// Where it came from.
    package let origin: ConfigOrigin
}

extension RunConfig {
    /// Every value of the config in the schema's order, defaults included, each with its origin.
    package func explained(by origins: ConfigOrigins) -> [ExplainedValue] {
        guard let tree = try? JSONValue(parsing: json()) else { return [] }
        var values: [ExplainedValue] = []
        RunConfig.walk(tree, ConfigPath()) { path, value in
            values.append(ExplainedValue(path: path, value: value, origin: origins.origin(of: path)))
        }
        return values
    }

    private static func walk(_ value: JSONValue, _ path: ConfigPath, _ visit: (ConfigPath, String) -> Void) {
        switch value {
        case .object(let members) where !members.isEmpty:
            for (key, member) in members { walk(member, path.appending(.key(key)), visit) }
        case .array(let items) where !items.isEmpty:
            for (index, item) in items.enumerated() { walk(item, path.appending(.item(index)), visit) }
        case .string(let text) where text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) && !text.isEmpty:
            visit(path, text)
        default: visit(path, value.indented(width: .max))
        }
    }
}
