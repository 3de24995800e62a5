// SPDX-License-Identifier: Apache-2.0

/// The first value of each field the caller asked for, of a name that is asked for n times the first n; storage is
/// reused from message to message.
package struct WatchedFields: Sendable {
    private let names: [[UInt8]]
    /// One bit for each length a watched name has, modulo 64: the filter before any comparison.
    let nameLengths: UInt64
    private var values: [UInt8] = []
    private var ranges: [Range<Int>?]

    /// Watches for the fields of these names, case ignored.
    package init(_ names: [String]) {
        self.names = names.map { $0.utf8.map(ASCII.lowercased) }
        self.nameLengths = self.names.reduce(0) { $0 | 1 << UInt64($1.count & 63) }
        self.ranges = Array(repeating: nil, count: names.count)
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
        for index in ranges.indices { ranges[index] = nil }
    }

    @inline(never)
    mutating func read(_ field: FieldLine) {
        guard let index = names.indices.first(where: { ranges[$0] == nil && matches(field, names[$0]) }) else { return }
        let start = values.count
        values.append(contentsOf: field.value)
        ranges[index] = start..<values.count
    }

    /// Whether a name of that length may be watched.
    @inline(__always)
    package func mayHave(nameLength: Int) -> Bool { nameLengths & 1 << UInt64(nameLength & 63) != 0 }

    /// Takes a field whose name is in lower case, as those of HTTP/2 are.
    package mutating func read(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        guard let index = names.indices.first(where: { ranges[$0] == nil && name.elementsEqual(names[$0]) }) else {
            return
        }
        let start = values.count
        values.append(contentsOf: value)
        ranges[index] = start..<values.count
    }

    private func matches(_ field: FieldLine, _ name: [UInt8]) -> Bool {
        guard name.count == field.nameLength else { return false }
        for index in name.indices where ASCII.lowercased(field.line[index]) != name[index] { return false }
        return true
    }

    /// Gives the value's bytes to `body`, nil when the field was absent or no name has that index.
    package func withValue<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        guard ranges.indices.contains(index), let range = ranges[index] else { return body(nil) }
        return values.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}
