// SPDX-License-Identifier: Apache-2.0

/// Makes a tree of libyaml's events, one after the other; its stack is its own, so no depth can overflow the machine's.
struct ConfigTreeBuilder {
    /// A finished node and what it takes up, for the limits.
    private struct Built {
        let node: ConfigNode
        var count = 1
        var height = 0
    }

    /// A list or mapping whose end has not come.
    private struct Open {
        let place: TextPlace
        let anchor: String?
        let isMapping: Bool
        var items: [ConfigNode] = []
        var members: [ConfigMember] = []
        var keys: [String: TextPlace] = [:]
        var key: (text: String, place: TextPlace)?
        var count = 1
        var height = 1
    }

    private let start: TextPlace
    private var open: [Open] = []
    private var anchors: [String: Built] = [:]
    private var root: ConfigNode?
    private var hasDocument = false
    private var count = 0
    /// Faults that did not stop the building: keys given twice.
    private(set) var faults: [Diagnostic] = []

    init(start: TextPlace) {
        self.start = start
    }

    /// Takes the next event; false once the stream has ended.
    mutating func take(_ event: YAMLEvent) throws(InvalidConfig) -> Bool {
        if let tag = event.tag {
            throw stop(
                at: event.place, "the tag \(Quotation.quote(tag)) is not supported",
                hint: "leave it out; the key decides what its value is")
        }
        switch event.kind {
        case .streamEnd: return false
        case .other: break
        case .documentStart:
            if hasDocument {
                throw stop(at: event.place, "a second document begins here", hint: "keep one config a file")
            }
            hasDocument = true
        case .scalar(let scalar):
            let built = Built(node: ConfigNode(at: event.place, .scalar(scalar)))
            remember(built, as: event.anchor)
            try put(built, at: event.place)
        case .alias(let name):
            guard let built = anchors[name] else {
                throw stop(
                    at: event.place, "no anchor \(Quotation.quote("&" + name)) is complete before this alias",
                    hint: "put a text that begins with * in quotes")
            }
            try put(built, at: event.place)
        case .listStart, .mappingStart:
            guard open.count < ConfigLimits.deepest else { throw tooDeep(at: event.place) }
            var isMapping = false
            if case .mappingStart = event.kind { isMapping = true }
            open.append(Open(place: event.place, anchor: event.anchor, isMapping: isMapping))
        case .containerEnd:
            guard let container = open.popLast() else { break }
            let content: ConfigNode.Content = container.isMapping ? .mapping(container.members) : .list(container.items)
            let node = ConfigNode(at: container.place, content)
            // The parts are in the count already, so only those of an alias are added again.
            count -= container.count - 1
            let built = Built(node: node, count: container.count, height: container.height)
            remember(built, as: container.anchor)
            try put(built, at: container.place)
        }
        return true
    }

    /// The whole tree, once the stream has ended.
    func finish() throws(InvalidConfig) -> ConfigNode {
        guard let root, !root.isNull else {
            throw stop(at: root?.place ?? start, "the config is empty", hint: "begin with \"version: 1\"")
        }
        if !faults.isEmpty { throw InvalidConfig(faults) }
        return root
    }

    private mutating func remember(_ built: Built, as anchor: String?) {
        if let anchor { anchors[anchor] = built }
    }

    /// Puts a finished node where the parser stands: a key, a value, an item, or the root.
    private mutating func put(_ built: Built, at place: TextPlace) throws(InvalidConfig) {
        count += built.count
        guard count <= ConfigLimits.mostNodes else {
            throw stop(
                at: place, "the config has more than \(ConfigLimits.mostNodes) values",
                hint: "aliases count as what they repeat")
        }
        guard open.count + built.height <= ConfigLimits.deepest else { throw tooDeep(at: place) }
        guard var parent = open.popLast() else {
            root = built.node
            return
        }
        parent.count += built.count
        parent.height = max(parent.height, built.height + 1)
        if !parent.isMapping {
            parent.items.append(built.node)
        } else if let key = parent.key {
            parent.key = nil
            if let first = parent.keys[key.text] {
                faults.append(
                    Diagnostic(
                        at: key.place, "the key \(Quotation.quote(key.text)) is given twice",
                        hint: "the first is at \(first.line):\(first.column)"))
            } else {
                parent.keys[key.text] = key.place
                parent.members.append(ConfigMember(key: key.text, place: key.place, value: built.node))
            }
        } else if case .scalar(let scalar) = built.node.content {
            parent.key = (scalar.text, place)
        } else {
            throw stop(at: place, "a key must be a word, not a list or a mapping")
        }
        open.append(parent)
    }

    private func tooDeep(at place: TextPlace) -> InvalidConfig {
        stop(at: place, "lists and mappings are more than \(ConfigLimits.deepest) deep within each other")
    }

    private func stop(at place: TextPlace, _ message: String, hint: String = "") -> InvalidConfig {
        InvalidConfig(faults + [Diagnostic(at: place, message, hint: hint)])
    }
}
