// SPDX-License-Identifier: Apache-2.0

/// Where a value of a config came from.
package enum ConfigOrigin: Hashable, Sendable {
    /// From the file or a variable.
    case place(TextPlace)
    /// From this flag, such as `--drain`.
    case flag(String)
    /// It is the default.
    case builtIn
}

extension ConfigOrigin: CustomStringConvertible {
    /// `checkout.yaml:9:14`, `VAJRA_NAME`, `--drain` or `default`.
    package var description: String {
        switch self {
        case .place(let place): place.description
        case .flag(let flag): flag
        case .builtIn: "default"
        }
    }
}

/// Where each value of a config came from: flags over variables over the file over the defaults.
package struct ConfigOrigins: Sendable {
    private let root: ConfigNode?
    private var flags: [ConfigPath: String] = [:]

    /// The origins of a config that was read from this tree, which holds the variables' values.
    init(_ root: ConfigNode?) {
        self.root = root
    }

    /// Notes that a flag has set the value.
    package mutating func set(_ path: ConfigPath, by flag: String) {
        flags[path] = flag
    }

    /// Where the value came from; for a short form, the origin of the short form.
    package func origin(of path: ConfigPath) -> ConfigOrigin {
        if let flag = flags[path] { return .flag(flag) }
        guard var node = root else { return .builtIn }
        for step in path.steps {
            switch (step, node.content) {
            case (.key(let key), .mapping):
                guard let value = node[key] else { return .builtIn }
                node = value
            case (.item(let index), .list(let items)):
                guard items.indices.contains(index) else { return .place(node.place) }
                node = items[index]
            case (_, .scalar), (.item, .mapping), (.key, .list): return .place(node.place)
            }
        }
        return .place(node.place)
    }

    /// The place for a fault about the value: its own, or that of the nearest value around it.
    package func place(of path: ConfigPath) -> TextPlace? {
        var path = path
        while true {
            if case .place(let place) = origin(of: path) { return place }
            guard path.steps.popLast() != nil else { return nil }
        }
    }
}
