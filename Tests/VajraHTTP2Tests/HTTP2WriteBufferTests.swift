// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP2

struct HTTP2WriteBufferTests {
    private func append(_ bytes: [UInt8], to buffer: HTTP2WriteBuffer) {
        bytes.withUnsafeBytes { buffer.append($0) }
    }

    @Test func `bytes leave in the order in which they came, however much is taken at a time`() {
        for step in [1, 7, 1000, 16_384, 40_000] {
            let buffer = HTTP2WriteBuffer()
            var expected: [UInt8] = []
            var taken: [UInt8] = []
            for round in 0..<40 {
                let piece = (0..<(round * 97 + 1)).map { UInt8(truncatingIfNeeded: $0 &+ round) }
                expected += piece
                append(piece, to: buffer)
                if round.isMultiple(of: 3) {
                    let count = min(step, buffer.count)
                    taken += buffer.bytes.prefix(count)
                    buffer.removeFirst(count)
                }
            }
            #expect(buffer.count == expected.count - taken.count)
            taken += buffer.bytes
            #expect(taken == expected)
        }
    }

    @Test func `a buffer that is emptied again and again keeps its memory`() {
        let buffer = HTTP2WriteBuffer()
        append([1], to: buffer)
        let start = buffer.bytes.baseAddress
        buffer.removeFirst(1)
        for _ in 0..<100 {
            append(Array(repeating: 2, count: 1000), to: buffer)
            #expect(buffer.bytes.baseAddress == start)
            buffer.removeFirst(1000)
        }
    }
}
