// SPDX-License-Identifier: Apache-2.0

/// The first bytes of the field lines that matter, as 32 bits: letters without their case, other bytes modulo 32.
///
/// A false hit costs only a comparison. Blanks and the colon are always hits, because such lines must be refused.
struct FieldInitials: Sendable {
    static let all = FieldInitials(bits: UInt32.max)

    private let bits: UInt32

    private init(bits: UInt32) { self.bits = bits }

    init(_ names: [String]) {
        let initials = names.compactMap(\.utf8.first) + [ASCII.space, ASCII.tab, ASCII.colon]
        bits = initials.reduce(0) { $0 | 1 << UInt32($1 & 31) }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool { bits &>> UInt32(byte & 31) & 1 != 0 }
}
