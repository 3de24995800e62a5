// SPDX-License-Identifier: Apache-2.0

/// The name of one run: a UUID of version 7 (RFC 9562, 5.7) unless the user gave one, so that ids sort by start time.
package struct RunID: Sendable, Hashable, CustomStringConvertible {
    /// The id as it is written in every line of the stream.
    package let description: String

    /// The id that the user gave: 1 to 128 of the characters `A-Z a-z 0-9 . _ : -`; anything else gives nil.
    package init?(_ text: String) {
        let isAllowed = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: ":"):
                true
            default: false
            }
        }
        guard isAllowed, (1...128).contains(text.utf8.count) else { return nil }
        description = text
    }

    /// A version 7 UUID of the millisecond `unixMilliseconds` (48 bits) and 74 of the 128 bits of `random`.
    package init(unixMilliseconds: UInt64, random: (UInt64, UInt64)) {
        let time = unixMilliseconds & 0xffff_ffff_ffff
        let high = time << 16 | 0x7000 | random.0 & 0x0fff
        let low = 0x8000_0000_0000_0000 | random.1 & 0x3fff_ffff_ffff_ffff
        let digits = RunID.hexadecimal(high) + RunID.hexadecimal(low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        description = text
    }

    /// The first eight characters, as people quote an id in a report.
    package var short: String { String(description.prefix(8)) }

    private static func hexadecimal(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
