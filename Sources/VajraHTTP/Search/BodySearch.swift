// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Whether a stream of bytes contains a text, however the stream is cut into chunks.
///
/// Knuth, Morris and Pratt. It keeps nothing of the stream but one length: that of the longest beginning of the text
/// with which the stream ends so far. It looks at each byte at most twice, amortised. `border[i]` is the length of the
/// longest proper prefix of `needle[...i]` that is also its suffix.
package struct BodySearch: Sendable {
    private let needle: [UInt8]
    private let border: [Int]
    private var matched = 0

    /// Searches for the bytes; an empty text is found at once.
    package init(_ needle: [UInt8]) {
        self.needle = needle
        var border = [Int](repeating: 0, count: needle.count)
        var length = 0
        for index in needle.indices.dropFirst() {
            while length > 0, needle[index] != needle[length] { length = border[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            border[index] = length
        }
        self.border = border
    }

    /// Whether the text has been seen since `reset`.
    package var isFound: Bool { matched == needle.count }

    package mutating func reset() { matched = 0 }

    /// Looks at the next bytes of the stream; does nothing once the text was found.
    package mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, !isFound else { return }
        var index = 0
        while index < bytes.count {
            if matched == 0 {
                // Most of a body lies between two candidates for the first byte.
                guard let hit = memchr(base + index, Int32(needle[0]), bytes.count - index) else { return }
                index = UnsafeRawPointer(hit) - base
            }
            let byte = bytes[index]
            while matched > 0, needle[matched] != byte { matched = border[matched - 1] }
            if needle[matched] == byte { matched += 1 }
            if isFound { return }
            index += 1
        }
    }
}
