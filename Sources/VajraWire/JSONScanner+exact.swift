// SPDX-License-Identifier: Apache-2.0

import VajraJSON

// Every number of the stream is exact in a double. No tool writes a larger number, and sums of larger ones would
// overflow.
extension JSONScanner {
    private static let limit: Int64 = 1 << 53

    /// Reads a count from 0 to 2⁵³.
    mutating func readCount() throws(JSONError) -> UInt64 {
        let start = offset
        let number = try readUInt64()
        guard number <= UInt64(JSONScanner.limit) else { throw JSONScanner.tooLarge(start) }
        return number
    }

    /// Reads an instant or a length from 0 to 2⁵³.
    mutating func readAmount() throws(JSONError) -> Int64 {
        Int64(try readCount())
    }

    private static func tooLarge(_ offset: Int) -> JSONError {
        JSONError(offset: offset, kind: .rejected("a number of the stream is at most 2^53"))
    }
}
