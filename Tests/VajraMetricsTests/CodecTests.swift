// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraMetrics

@Suite struct CodecTests {
    static let integers: [(Int64, [UInt8])] = [
        (0, [0x00]), (-1, [0x01]), (1, [0x02]), (63, [0x7E]), (-64, [0x7F]), (64, [0x80, 0x01]),
        (8191, [0xFE, 0x7F]), (8192, [0x80, 0x80, 0x01]),
        (1 << 55 - 1, [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]),
        (1 << 55, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]),
        (.max, [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        (.min, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
    ]

    @Test(arguments: integers)
    func `an integer takes the bytes that Java's ZigZagEncoding gives it`(value: Int64, bytes: [UInt8]) {
        #expect(Envelope.zigZag(value) == bytes)
        var offset = 0
        #expect(bytes.withUnsafeBytes { ZigZag.read($0, at: &offset) } == value)
        #expect(offset == bytes.count)
        for length in 0..<bytes.count {
            var offset = 0
            #expect(bytes.prefix(length).withUnsafeBytes { ZigZag.read($0, at: &offset) } == nil)
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"), ("\u{3FF}\u{3FE}?>", "z7/Pvj8+"),
    ])
    func `the vectors of RFC 4648 hold in both directions`(plain: String, text: String) throws {
        #expect(Envelope.base64(Array(plain.utf8)) == Array(text.utf8))
        var bytes = Array("left over".utf8)
        try Array(text.utf8).withUnsafeBytes { try Base64.decode($0, into: &bytes) }
        #expect(bytes == Array(plain.utf8))
    }

    @Test func `every byte value survives base64`() throws {
        for length in 0..<300 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            var decoded: [UInt8] = []
            try Envelope.base64(bytes).withUnsafeBytes { try Base64.decode($0, into: &decoded) }
            #expect(decoded == bytes)
        }
    }
}
