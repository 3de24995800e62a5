// SPDX-License-Identifier: Apache-2.0

extension TextPlace {
    /// The place of a byte offset, clamped to the text; what is not UTF-8 before it counts by its lead bytes.
    init(file: String, offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var column = 1
        var previous: UInt8 = 0
        for byte in bytes.prefix(max(0, offset)) {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                // The two of CR LF end one line.
                if byte != UInt8(ascii: "\n") || previous != UInt8(ascii: "\r") { line += 1 }
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
            previous = byte
        }
        self.init(file: file, line: line, column: column)
    }
}
