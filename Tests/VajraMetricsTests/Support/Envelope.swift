// SPDX-License-Identifier: Apache-2.0

@testable import VajraMetrics

/// An encoded histogram taken apart, so that a test can damage any layer and wrap the rest round it again.
struct Envelope {
    var cookie: UInt32 = 0x1C84_9314
    /// The length to announce instead of the true one.
    var length: UInt32?
    var headerCookie: UInt32 = 0x1C84_9313
    /// The length of the counts to announce instead of the true one.
    var countsLength: UInt32?
    var normalizingOffset: Int32 = 0
    var digits: UInt32 = 3
    var lowest: UInt64 = 1
    var highest: UInt64 = 3_600_000_000_000
    var counts: [UInt8] = []

    var header: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: headerCookie)
        bytes.append(bigEndian: countsLength ?? UInt32(counts.count))
        bytes.append(bigEndian: normalizingOffset)
        bytes.append(bigEndian: digits)
        bytes.append(bigEndian: lowest)
        bytes.append(bigEndian: highest)
        bytes.append(bigEndian: (1.0).bitPattern)
        return bytes
    }

    var text: [UInt8] {
        get throws {
            try text(inflated: header + counts)
        }
    }

    func text(inflated: [UInt8]) throws -> [UInt8] {
        var deflater = try Deflater()
        var deflated: [UInt8] = []
        try deflater.append(inflated, to: &deflated)
        return text(deflated: deflated)
    }

    func text(deflated: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: cookie)
        bytes.append(bigEndian: length ?? UInt32(deflated.count))
        return Self.base64(bytes + deflated)
    }

    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        bytes.withUnsafeBytes { Base64.append($0, to: &text) }
        return text
    }

    static func zigZag(_ values: Int64...) -> [UInt8] {
        values.reduce(into: []) { ZigZag.append($1, to: &$0) }
    }
}
