// SPDX-License-Identifier: Apache-2.0

/// Standard base64 with padding, as in RFC 4648 section 4; reads only what it would write.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    private static let invalid: UInt8 = 0xFF

    /// The six bits that each of the 256 bytes stands for, or `invalid`.
    private static let sextets: [UInt8] = {
        var table = [UInt8](repeating: invalid, count: 256)
        for (sextet, character) in alphabet.enumerated() {
            table[Int(character)] = UInt8(sextet)
        }
        return table
    }()

    static func append(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
        text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4)
        alphabet.withUnsafeBufferPointer { alphabet in
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let length = min(3, bytes.count - start)
                let second = length > 1 ? bytes[start + 1] : 0
                let third = length > 2 ? bytes[start + 2] : 0
                let triple = Int(bytes[start]) << 16 | Int(second) << 8 | Int(third)
                text.append(alphabet[triple >> 18])
                text.append(alphabet[triple >> 12 & 63])
                text.append(length > 1 ? alphabet[triple >> 6 & 63] : padding)
                text.append(length > 2 ? alphabet[triple & 63] : padding)
            }
        }
    }

    /// Replaces the contents of `bytes` by the decoded `text`, and keeps the capacity.
    static func decode(_ text: UnsafeRawBufferPointer, into bytes: inout [UInt8]) throws(HistogramCodingError) {
        bytes.removeAll(keepingCapacity: true)
        guard text.count.isMultiple(of: 4) else { throw .invalidBase64(offset: text.count) }
        bytes.reserveCapacity(text.count / 4 * 3)
        let paddingCount = text.suffix(2).reversed().prefix { $0 == padding }.count
        let bodyCount = text.count - (paddingCount > 0 ? 4 : 0)
        try sextets.withUnsafeBufferPointer { (sextets) throws(HistogramCodingError) in
            for start in stride(from: 0, to: bodyCount, by: 4) {
                let triple = try triple(text, start: start, length: 4, sextets)
                bytes.append(UInt8(truncatingIfNeeded: triple >> 16))
                bytes.append(UInt8(truncatingIfNeeded: triple >> 8))
                bytes.append(UInt8(truncatingIfNeeded: triple))
            }
            guard paddingCount > 0 else { return }
            let triple = try triple(text, start: bodyCount, length: 4 - paddingCount, sextets)
            // The bits that the padding cuts off must be 0; otherwise one histogram would have several texts.
            guard triple & (1 << (8 * UInt32(paddingCount)) - 1) == 0 else {
                throw .invalidBase64(offset: text.count - paddingCount - 1)
            }
            bytes.append(UInt8(truncatingIfNeeded: triple >> 16))
            if paddingCount == 1 {
                bytes.append(UInt8(truncatingIfNeeded: triple >> 8))
            }
        }
    }

    /// The 24 bits of the `length` characters at `start`; missing characters count as 0.
    @inline(__always)
    private static func triple(
        _ text: UnsafeRawBufferPointer, start: Int, length: Int, _ sextets: UnsafeBufferPointer<UInt8>
    ) throws(HistogramCodingError) -> UInt32 {
        var triple: UInt32 = 0
        for position in 0..<length {
            let sextet = sextets[Int(text[start + position])]
            guard sextet != invalid else { throw .invalidBase64(offset: start + position) }
            triple |= UInt32(sextet) << UInt32(18 - 6 * position)
        }
        return triple
    }
}
