// SPDX-License-Identifier: Apache-2.0

/// The values of the fields that the caller asked for, one for each line. It reuses its storage from message to
/// message.
///
/// The limit on the head's size bounds their number.
package struct WatchedFields: Sendable {
    private let names: [[UInt8]]
    /// One bit for each length a watched name has, modulo 64: the filter before any comparison.
    let nameLengths: UInt64
    private var values: [UInt8] = []
    /// The lines in order: the index of the name, and the range of the value.
    private var lines: [(name: Int, value: Range<Int>)] = []

    /// Watches for fields with these names, case ignored; the names must differ.
    package init(_ names: [String]) {
        self.names = names.map { $0.utf8.map(ASCII.lowercased) }
        self.nameLengths = self.names.reduce(0) { $0 | 1 << UInt64($1.count & 63) }
    }

    /// Forgets the values, keeps the memory.
    @inline(__always)
    package mutating func reset() {
        guard !names.isEmpty else { return }
        clear()
    }

    @inline(never)
    private mutating func clear() {
        values.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
    }

    @inline(never)
    mutating func read(_ field: FieldLine) {
        guard let index = names.indices.first(where: { matches(field, names[$0]) }) else { return }
        take(index, field.value)
    }

    /// Whether a name of that length may be watched.
    @inline(__always)
    package func mayHave(nameLength: Int) -> Bool { nameLengths & 1 << UInt64(nameLength & 63) != 0 }

    /// Takes a field whose name is in lower case, as in HTTP/2.
    package mutating func read(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        guard let index = names.indices.first(where: { name.elementsEqual(names[$0]) }) else { return }
        take(index, value)
    }

    private mutating func take(_ index: Int, _ value: UnsafeRawBufferPointer) {
        let start = values.count
        values.append(contentsOf: value)
        lines.append((index, start..<values.count))
    }

    private func matches(_ field: FieldLine, _ name: [UInt8]) -> Bool {
        guard name.count == field.nameLength else { return false }
        for index in name.indices where ASCII.lowercased(field.line[index]) != name[index] { return false }
        return true
    }

    /// Gives `body` the value of each line of the name with that index, in their order.
    package func forEachValue(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        values.withUnsafeBytes { values in
            for line in lines where line.name == index { body(UnsafeRawBufferPointer(rebasing: values[line.value])) }
        }
    }

    /// Whether the name with that index is there with this value: in one of its lines, or in all its lines as one list.
    /// An empty value fits any.
    package func contains(_ index: Int, _ value: [UInt8]) -> Bool {
        var isFound = false
        forEachValue(index) { isFound = isFound || value.isEmpty || $0.elementsEqual(value) }
        return isFound || !value.isEmpty && list(index) == value
    }

    /// The values of the name with that index, joined to one list (RFC 9110 5.3); nil when there is none.
    package func list(_ index: Int) -> [UInt8]? {
        var list: [UInt8] = []
        var isFirst = true
        forEachValue(index) { value in
            if !isFirst { list += [ASCII.comma, ASCII.space] }
            isFirst = false
            list += value
        }
        return isFirst ? nil : list
    }

    /// The value of the first line of the name with that index; nil when there is none.
    package func firstValue(_ index: Int) -> [UInt8]? {
        lines.first { $0.name == index }.map { Array(values[$0.value]) }
    }
}
