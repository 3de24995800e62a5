// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraExport

@Suite struct GzipDecoderTests {
    /// What the chunks expand to, and what is wrong with them.
    private func expand(
        _ chunks: [[UInt8]], bufferSize: Int = 64 * 1024
    ) throws -> (bytes: [UInt8], damage: GzipDamage?) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 16)
        defer { buffer.deallocate() }
        let decoder = try GzipDecoder()
        var bytes: [UInt8] = []
        do throws(GzipDamage) {
            for chunk in chunks {
                try chunk.withUnsafeBufferPointer { (input) throws(GzipDamage) in
                    try decoder.append(UnsafeRawBufferPointer(input), through: buffer) { bytes += Array($0) }
                }
            }
            try decoder.finish()
        } catch {
            return (bytes, error)
        }
        return (bytes, nil)
    }

    private func text(_ count: Int) -> [UInt8] {
        Array((0..<count).map { "{\"seq\":\($0),\"body\":\"\($0 &* 7919 % 104_729)\"}\n" }.joined().utf8)
    }

    private func members(_ texts: [[UInt8]]) throws -> [UInt8] {
        var encoder = try GzipEncoder()
        var file: [UInt8] = []
        for text in texts { file += try encoder.member(of: text) }
        return file
    }

    @Test(arguments: [1, 2, 3, 17, 4096, 1 << 20])
    func `members in a row read back, whatever the borders of the chunks`(size: Int) throws {
        let texts = [text(1), [], text(3000), Array("x".utf8)]
        let file = try members(texts)
        let chunks = stride(from: 0, to: file.count, by: size).map { Array(file[$0..<min($0 + size, file.count)]) }
        let (bytes, damage) = try expand(chunks)
        #expect(bytes == texts.flatMap(\.self))
        #expect(damage == nil)
    }

    @Test func `a buffer that is smaller than what comes out is filled again and again`() throws {
        let (bytes, damage) = try expand([try members([text(500)])], bufferSize: 7)
        #expect(bytes == text(500))
        #expect(damage == nil)
    }

    @Test func `data that is cut anywhere gives what came before, and says so`() throws {
        let file = try members([text(20), text(30)])
        let whole = text(20) + text(30)
        let border = try members([text(20)]).count
        for length in file.indices {
            let (bytes, damage) = try expand([Array(file[..<length])])
            #expect(whole.starts(with: bytes))
            #expect(damage == ([0, border].contains(length) ? nil : .cut), "\(length) bytes")
            if length >= border { #expect(bytes.count >= text(20).count) }
        }
    }

    @Test func `zeros after the last member are padding, anything else is damage`() throws {
        let file = try members([text(20)])
        let padded = try expand([file + [0, 0], [0]])
        #expect(padded.bytes == text(20) && padded.damage == nil)
        let followed = try expand([file + Array("text".utf8)])
        #expect(followed.bytes == text(20))
        #expect(followed.damage?.description == "the gzip data is damaged (incorrect header check)")
    }

    @Test func `no flipped byte is taken for good`() throws {
        let file = try members([text(20)])
        for place in 10..<file.count {
            var damaged = file
            damaged[place] ^= 0x10
            let (bytes, damage) = try expand([damaged])
            #expect(damage != nil, "byte \(place) of \(file.count) gave \(bytes.count) bytes")
        }
    }
}
