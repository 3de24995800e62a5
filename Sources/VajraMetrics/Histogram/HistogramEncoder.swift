// SPDX-License-Identifier: Apache-2.0

/// Writes histograms as HdrHistogram V2 compressed base64 (see `HistogramFormat`); keeps its buffers and its zlib
/// stream.
package struct HistogramEncoder: ~Copyable, Sendable {
    private var deflater: Deflater?
    private var payload: [UInt8] = []
    private var envelope: [UInt8] = []

    /// An encoder that takes its memory, about 32 KiB and the size of a text, with the first histogram.
    package init() {}

    /// Appends the base64 text of `histogram` to `output`.
    ///
    /// Throws `countsOverflow` when the counts add up to more than `Int64.max`, because no port could read them, and
    /// `zlibFailure` when memory is short. `output` is then as before.
    package mutating func append(
        _ histogram: Histogram, to output: inout [UInt8]
    ) throws(HistogramCodingError) {
        payload.removeAll(keepingCapacity: true)
        try histogram.appendHeaderAndCounts(to: &payload)

        envelope.removeAll(keepingCapacity: true)
        envelope.append(bigEndian: HistogramFormat.compressionCookie | HistogramFormat.writtenWordSize)
        envelope.append(bigEndian: UInt32(0))
        if deflater == nil {
            deflater = try Deflater()
        }
        try deflater!.append(payload, to: &envelope)
        let length = UInt32(envelope.count - HistogramFormat.envelopeSize)
        withUnsafeBytes(of: length.bigEndian) { envelope.replaceSubrange(4..<8, with: $0) }

        envelope.withUnsafeBytes { Base64.append($0, to: &output) }
    }
}

extension Histogram {
    /// The histogram as HdrHistogram V2 compressed base64; to write many, keep a `HistogramEncoder`.
    ///
    /// Throws `countsOverflow` when the counts add up to more than `Int64.max`, `zlibFailure` when memory is short.
    package func encodedBase64() throws(HistogramCodingError) -> [UInt8] {
        var encoder = HistogramEncoder()
        var text: [UInt8] = []
        try encoder.append(self, to: &text)
        return text
    }
}
