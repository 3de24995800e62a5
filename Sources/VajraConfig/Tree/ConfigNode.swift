// SPDX-License-Identifier: Apache-2.0

/// A value as it was written, before it has a meaning: a scalar, a list or a mapping, with its place.
package struct ConfigNode: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// A word, a number or a text.
        case scalar(ConfigScalar)
        /// Items in their order.
        case list([ConfigNode])
        /// Keys with their values, in their order, no key twice.
        case mapping([ConfigMember])
    }

    /// Where it begins.
    package let place: TextPlace
    package let content: Content

    package init(at place: TextPlace, _ content: Content) {
        self.place = place
        self.content = content
    }

    /// The value of a mapping's key; nil if it has none, or if this is no mapping.
    package subscript(key: String) -> ConfigNode? {
        member(key)?.value
    }

    /// A mapping's key and its value; nil if it has none, or if this is no mapping.
    func member(_ key: String) -> ConfigMember? {
        guard case .mapping(let members) = content else { return nil }
        return members.first { $0.key == key }
    }

    /// Whether nothing stands here: an empty value, `null` or `~`, unquoted.
    package var isNull: Bool {
        guard case .scalar(let scalar) = content else { return false }
        return !scalar.isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar.text)
    }
}

/// A key of a mapping and its value.
package struct ConfigMember: Sendable, Equatable {
    package let key: String
    /// Where the key begins.
    package let place: TextPlace
    package let value: ConfigNode
}

/// A scalar's text, never interpreted by its looks: `010`, `yes` and `1e3` are texts until the schema says more.
package struct ConfigScalar: Sendable, Equatable {
    /// The text, its escapes decoded.
    package let text: String
    /// Whether it was quoted, or a block of lines; only a scalar that was not can be null.
    package let isQuoted: Bool
    /// How many columns after the node's place the text begins, where it stands on one line without escapes; else nil.
    package let textColumn: Int?
}
