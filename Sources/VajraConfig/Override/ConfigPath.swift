// SPDX-License-Identifier: Apache-2.0

/// Where a value stands in a config, whatever its file: `scenarios.browse.load[0].constant.rate`.
package struct ConfigPath: Hashable, Sendable {
    /// One step from a value to a part of it.
    package enum Step: Hashable, Sendable {
        /// To the value of a mapping's key.
        case key(String)
        /// To an item of a list, counted from 0.
        case item(Int)
    }

    /// The steps from the root.
    package var steps: [Step] = []

    package init() {}

    package init(_ keys: String...) {
        steps = keys.map(Step.key)
    }

    /// The path one step further.
    package func appending(_ step: Step) -> ConfigPath {
        var path = self
        path.steps.append(step)
        return path
    }
}

extension ConfigPath: CustomStringConvertible {
    /// Keys after points, items in brackets.
    package var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .item(let index): text += "[\(index)]"
            }
        }
    }
}

extension ConfigNode {
    /// The same value with another scalar at the path; missing containers on the way are made.
    func setting(_ path: ArraySlice<ConfigPath.Step>, to value: ConfigNode) -> ConfigNode {
        guard let step = path.first else { return value }
        let rest = path.dropFirst()
        switch (step, content) {
        case (.key(let key), .mapping(var members)):
            if let index = members.firstIndex(where: { $0.key == key }) {
                let old = members[index]
                members[index] = ConfigMember(key: key, place: old.place, value: old.value.setting(rest, to: value))
            } else {
                members.append(ConfigNode.member(key, rest, value))
            }
            return ConfigNode(at: place, .mapping(members))
        case (.item(let index), .list(var items)) where items.indices.contains(index):
            items[index] = items[index].setting(rest, to: value)
            return ConfigNode(at: place, .list(items))
        case (.key(let key), _): return ConfigNode(at: value.place, .mapping([ConfigNode.member(key, rest, value)]))
        case (.item, _): return self
        }
    }

    private static func member(
        _ key: String, _ rest: ArraySlice<ConfigPath.Step>, _ value: ConfigNode
    ) -> ConfigMember {
        let nothing = ConfigNode(at: value.place, .mapping([]))
        return ConfigMember(key: key, place: value.place, value: nothing.setting(rest, to: value))
    }
}
