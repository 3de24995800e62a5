// SPDX-License-Identifier: Apache-2.0

/// A number of bytes, from 0 to 2^63 − 1, written `64KiB`, `1MB`, `1.5GiB` or, bare, `512`.
package struct ByteSize: Hashable, Sendable {
    package let bytes: Int64

    /// A size in bytes; a negative number gives zero.
    package init(bytes: Int64) {
        self.bytes = max(0, bytes)
    }

    /// Largest first, binary before decimal, as `description` tries them.
    private static let units: [(name: String, bytes: UInt64)] = [
        ("TiB", 1 << 40), ("TB", 1_000_000_000_000), ("GiB", 1 << 30), ("GB", 1_000_000_000),
        ("MiB", 1 << 20), ("MB", 1_000_000), ("KiB", 1 << 10), ("kB", 1000), ("B", 1),
    ]

    /// Reads a size. `KB` counts as `kB`; otherwise case matters. Refuses a fraction of a byte.
    package init(parsing text: String) throws(UnitParseError) {
        var scanner = try UnitScanner(text, remedy: "a size must be written like 64KiB, 1MB or 512")
        let number = try scanner.decimal()
        let place = scanner.offset
        let word = scanner.word()
        let name = word.isEmpty ? "B" : word == "KB" ? "kB" : word
        guard let unit = Self.units.first(where: { $0.name == name }) else {
            throw scanner.fault(.unknownUnit, "'\(word)' is not a unit of size", at: place)
        }
        try scanner.finish()
        guard let bytes = number.whole(times: unit.bytes) else {
            throw scanner.fault(.tooFine, "it is not a whole number of bytes", at: 0)
        }
        guard bytes <= UInt128(Int64.max) else { throw scanner.fault(.tooLarge, "it is above 8 EiB", at: 0) }
        self.init(bytes: Int64(bytes))
    }
}

extension ByteSize: Comparable {
    package static func < (smaller: ByteSize, larger: ByteSize) -> Bool { smaller.bytes < larger.bytes }
}

extension ByteSize: CustomStringConvertible {
    /// The canonical spelling, in the largest unit that divides it: `64KiB`, `1MB`, `1500kB`, `512B`.
    package var description: String {
        let count = UInt64(bytes)
        let unit = Self.units.first { count > 0 && count.isMultiple(of: $0.bytes) } ?? ("B", 1)
        return "\(count / unit.bytes)\(unit.name)"
    }
}
