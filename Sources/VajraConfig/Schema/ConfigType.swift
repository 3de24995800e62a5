// SPDX-License-Identifier: Apache-2.0

/// A kind of value in a config: what it looks like, how it is read and checked, and how it is written back.
///
/// `read` gives back the value that `write` wrote. It returns nil when it has noted a fault.
struct ConfigType<Value: Sendable>: Sendable {
    let shape: ConfigShape
    /// An example for hints; empty if none would help.
    let example: String
    let read: @Sendable (ConfigNode, inout ConfigReading) -> Value?
    let write: @Sendable (Value, inout ConfigWriting) -> Void
    /// Whether leaving the key out means the same.
    var isEmpty: @Sendable (Value) -> Bool = { _ in false }
}

extension ConfigType {
    /// The same type without the values that `check` refuses. It refuses with a phrase that follows the label, such as
    /// `must be above 0`. `shape` should express as much of the check as a shape can.
    func checked(shape: ConfigShape? = nil, _ check: @escaping @Sendable (Value) -> String?) -> ConfigType {
        let hint = Quotation.remedy(example)
        var checked = ConfigType(
            shape: shape ?? self.shape, example: example,
            read: { [read] node, reading in
                guard let value = read(node, &reading) else { return nil }
                guard let cause = check(value) else { return value }
                reading.fault("\(reading.label) \(cause)", at: node.place, hint: hint)
                return nil
            },
            write: write)
        checked.isEmpty = isEmpty
        return checked
    }

    /// The same for a text; a regular expression describes its form.
    func checked(
        matching pattern: String? = nil, shortest: Int = 0, longest: Int? = nil,
        _ check: @escaping @Sendable (Value) -> String?
    ) -> ConfigType {
        checked(shape: shape.matching(pattern, shortest: shortest, longest: longest), check)
    }
}
