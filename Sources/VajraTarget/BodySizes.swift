// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// How large response bodies are: all alike, or evenly between two sizes.
package struct BodySizes: Sendable, Equatable {
    /// The largest body, in bytes.
    package static let largest: Int64 = 64 << 20
    /// The most sizes of a range, because the head for each size is made beforehand.
    private static let steps: Int64 = 64

    /// The sizes, in bytes; all are equally likely.
    package let bytes: [Int]

    /// Bodies of one size, in bytes.
    package init(_ size: Int) {
        self.init(bytes: [size])
    }

    private init(bytes: [Int]) {
        self.bytes = bytes
    }

    /// Reads `2`, `64KiB` or `1KiB..64KiB`; nil for anything else, and for sizes above ``largest``.
    package init?(parsing text: String) {
        func size(_ text: Substring) -> Int64? {
            guard let size = try? ByteSize(parsing: String(text)), size.bytes <= BodySizes.largest else { return nil }
            return size.bytes
        }
        guard let dots = text.firstRange(of: "..") else {
            guard let only = size(text[...]) else { return nil }
            self.init(Int(only))
            return
        }
        guard let low = size(text[..<dots.lowerBound]), let high = size(text[dots.upperBound...]), low <= high
        else { return nil }
        let count = min(BodySizes.steps, high - low + 1)
        self.init(bytes: (0..<count).map { step in Int(count == 1 ? low : low + (high - low) * step / (count - 1)) })
    }
}
