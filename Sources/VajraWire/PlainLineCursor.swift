// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// Steps through a line that should look exactly as this build writes it. Each step says whether it does.
struct PlainLineCursor {
    private let base: UnsafeRawPointer
    private let end: Int
    private(set) var position = 0

    init(_ line: UnsafeRawBufferPointer) {
        // An empty line has no base address; its bytes are never read.
        base = line.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
        end = line.count
    }

    var isAtEnd: Bool { position == end }

    /// Passes over these bytes.
    @inline(__always)
    mutating func pass(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let count = bytes.count
        guard count <= end &- position, let expected = bytes.baseAddress else { return false }
        let found = base + position
        var at = 0
        while at &+ 8 <= count {
            let words = (
                found.loadUnaligned(fromByteOffset: at, as: UInt64.self),
                expected.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            )
            if words.0 != words.1 { return false }
            at &+= 8
        }
        while at < count {
            let bytes = (
                found.load(fromByteOffset: at, as: UInt8.self), expected.load(fromByteOffset: at, as: UInt8.self)
            )
            if bytes.0 != bytes.1 { return false }
            at &+= 1
        }
        position &+= count
        return true
    }

    /// Passes over this text, which is ASCII.
    @inline(__always)
    mutating func pass(_ text: StaticString) -> Bool {
        pass(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Passes over an integer from 0 to 2⁵³, the largest of the stream, as JSON writes it; nil for any other number.
    @inline(__always)
    mutating func number() -> UInt64? {
        let start = position
        let limit = min(end, start + 18)
        var value: UInt64 = 0
        while position < limit {
            let digit = base.load(fromByteOffset: position, as: UInt8.self) &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ UInt64(digit)
            position &+= 1
        }
        let digits = position - start
        // JSON has no leading zeros. A number that is too long fails at the next step, which expects something else
        // there.
        let isPlain = digits == 1 || digits > 1 && base.load(fromByteOffset: start, as: UInt8.self) != UInt8(ascii: "0")
        return isPlain && value <= 1 << 53 ? value : nil
    }

    /// Passes over a string of ASCII characters that stand for themselves, without its quotes.
    @inline(__always)
    mutating func text() -> UnsafeRawBufferPointer {
        let start = position
        position = JSONScanner.endOfPlainText(base, from: start, to: end)
        return UnsafeRawBufferPointer(start: base + start, count: position - start)
    }
}
