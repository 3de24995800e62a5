// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON

/// A line that outlives the call that gave it.
enum KeptLine: Equatable, CustomStringConvertible {
    case complete(Int, [UInt8])
    case unterminated(Int, [UInt8])
    case overlong(Int)

    init(_ line: LineFramer.Line) {
        switch line {
        case .complete(let number, let bytes): self = .complete(number, Array(bytes))
        case .unterminated(let number, let bytes): self = .unterminated(number, Array(bytes))
        case .overlong(let number, _): self = .overlong(number)
        }
    }

    var description: String {
        switch self {
        case .complete(let number, let bytes): "\(number): \(String(decoding: bytes, as: UTF8.self))"
        case .unterminated(let number, let bytes): "\(number), cut: \(String(decoding: bytes, as: UTF8.self))"
        case .overlong(let number): "\(number), overlong"
        }
    }
}

@Suite struct LineFramerTests {
    /// The lines of `bytes`, given in chunks whose sizes `next` chooses.
    private static func lines(
        _ bytes: [UInt8], maximumLength: Int, chunk next: () -> Int
    ) -> (lines: [KeptLine], framer: LineFramer) {
        var framer = LineFramer(maximumLength: maximumLength)
        var lines: [KeptLine] = []
        bytes.withUnsafeBytes { whole in
            var start = 0
            while start < whole.count {
                let end = min(start + next(), whole.count)
                // A chunk of its own, so that reading beyond its ends is found by the sanitizer.
                Array(whole[start..<end]).withUnsafeBytes { chunk in
                    framer.append(chunk) { lines.append(KeptLine($0)) }
                }
                start = end
            }
        }
        framer.finish { lines.append(KeptLine($0)) }
        framer.finish { lines.append(KeptLine($0)) }
        return (lines, framer)
    }

    @Test func `carriage returns are given to those who copy lines, yet make no empty line count`() {
        var framer = LineFramer(keepsCarriageReturns: true)
        var lines: [String] = []
        Array("a\r\n\r\n\nb\n".utf8).withUnsafeBytes { bytes in
            framer.append(bytes) { line in
                if case .complete(_, let bytes) = line { lines.append(String(decoding: bytes, as: UTF8.self)) }
            }
        }
        #expect(lines == ["a\r", "b"])
        #expect(framer.emptyLineCount == 2)
    }

    @Test(arguments: [
        ("", []),
        ("a\n", ["1: a"]),
        ("a\nb\n", ["1: a", "2: b"]),
        ("a\r\nb\r\n", ["1: a", "2: b"]),
        ("a\rb\r\r\n", ["1: a\rb\r"]),
        ("\n\r\n\na\n", ["4: a"]),
        (" \n", ["1:  "]),
        ("a\nb", ["1: a", "2, cut: b"]),
        ("b\r", ["1, cut: b\r"]),
        ("12345678\n", ["1: 12345678"]),
        ("1234567\r\n", ["1: 1234567"]),
        ("12345678\r\n", ["1, overlong"]),
        ("123456789\nb\n", ["1, overlong", "2: b"]),
        ("123456789", ["1, overlong"]),
        ("\n1234567890123456789\n\n\nb", ["2, overlong", "5, cut: b"]),
    ])
    func `lines of at most eight bytes come out whole, numbered and in order`(text: String, expected: [String]) {
        for size in 1...12 {
            let result = Self.lines(Array(text.utf8), maximumLength: 8) { size }
            #expect(result.lines.map(\.description) == expected, "chunks of \(size)")
        }
    }

    @Test func `any chunking of the same bytes gives the same lines and counts`() {
        var random = SeededRandom(stream: 3)
        let pool = Array("\n\n\r\r\nab{}\u{0}".utf8) + [0xFF, 0x80]
        for round in 0..<3_000 {
            let bytes = (0..<random.below(120)).map { _ in random.pick(pool) }
            let limit = 1 + random.below(12)
            let whole = Self.lines(bytes, maximumLength: limit) { max(bytes.count, 1) }
            let parts = Self.lines(bytes, maximumLength: limit) { 1 + random.below(9) }
            let story = "seed \(random.seed), round \(round), limit \(limit): \(bytes)"
            #expect(parts.lines == whole.lines, "\(story)")
            #expect(parts.framer.lineCount == whole.framer.lineCount, "\(story)")
            #expect(parts.framer.emptyLineCount == whole.framer.emptyLineCount, "\(story)")
            #expect(parts.framer.skippedBytes == whole.framer.skippedBytes, "\(story)")
            #expect(parts.framer.spillCapacity <= 64, "\(story)")
            #expect(whole.lines == Self.expectedLines(bytes, limit: limit), "\(story)")
        }
    }

    /// The same lines by the plainest means.
    private static func expectedLines(_ bytes: [UInt8], limit: Int) -> [KeptLine] {
        let pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        return pieces.enumerated().compactMap { index, piece in
            if piece.count > limit { return .overlong(index + 1) }
            if index == pieces.count - 1 { return piece.isEmpty ? nil : .unterminated(index + 1, Array(piece)) }
            let text = piece.last == 0x0D ? piece.dropLast() : piece
            return text.isEmpty ? nil : .complete(index + 1, Array(text))
        }
    }

    @Test func `a line within one chunk is given in place, and one across two from the spill`() {
        var framer = LineFramer()
        Array("one\ntwo\nthr".utf8).withUnsafeBytes { chunk in
            var isInPlace: [Bool] = []
            framer.append(chunk) { line in
                guard case .complete(_, let bytes) = line, let start = bytes.baseAddress, let base = chunk.baseAddress
                else { return }
                isInPlace.append(start >= base && start < base + chunk.count)
            }
            #expect(isInPlace == [true, true])
        }
        var last: [KeptLine] = []
        Array("ee\n".utf8).withUnsafeBytes { framer.append($0) { last.append(KeptLine($0)) } }
        #expect(last == [.complete(3, Array("three".utf8))])
    }

    @Test func `a hundred mebibytes without a newline are named once, counted and not held`() {
        var framer = LineFramer()
        let junk = [UInt8](repeating: 0xFE, count: 65_536)
        var lines: [KeptLine] = []
        var mostHeld = 0
        for _ in 0..<1_600 {
            junk.withUnsafeBytes { framer.append($0) { lines.append(KeptLine($0)) } }
            mostHeld = max(mostHeld, framer.spillCapacity)
        }
        #expect(lines == [.overlong(1)])
        Array("\nafter\n".utf8).withUnsafeBytes { framer.append($0) { lines.append(KeptLine($0)) } }
        #expect(lines == [.overlong(1), .complete(2, Array("after".utf8))])
        #expect(framer.skippedBytes == 100 << 20)
        #expect(mostHeld <= (1 << 20) + 4_096, "the spill holds one line at most, and malloc's rounding")
    }

    @Test func `an error of the reader comes out typed, and the framer stays between lines`() {
        struct Stop: Error, Equatable {}
        var framer = LineFramer()
        Array("ab".utf8).withUnsafeBytes { framer.append($0) { _ in } }
        #expect(throws: Stop()) {
            try Array("c\nlost\n".utf8).withUnsafeBytes { chunk in
                try framer.append(chunk) { _ throws(Stop) in throw Stop() }
            }
        }
        var lines: [KeptLine] = []
        Array("next\n".utf8).withUnsafeBytes { framer.append($0) { lines.append(KeptLine($0)) } }
        #expect(lines == [.complete(2, Array("next".utf8))])
    }
}
