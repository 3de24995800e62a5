// SPDX-License-Identifier: Apache-2.0

/// Reads histograms from HdrHistogram V2 compressed base64 (see `HistogramFormat`); keeps its buffers and its zlib
/// stream.
///
/// Accepts histograms of any port with lowest value 1 and 3 digits, whatever their highest value, as long as no count
/// lies above the last bucket here. It needs at most 1 MiB for any input.
package struct HistogramDecoder: ~Copyable, Sendable {
    private var inflater: Inflater?
    private var envelope: [UInt8] = []

    /// A decoder that takes its memory with the first histogram.
    package init() {}

    /// Adds the counts that `text` stands for to `histogram`; cheaper than decoding and then merging.
    ///
    /// When it throws, `histogram` is as before.
    package mutating func merge(
        base64 text: UnsafeRawBufferPointer, into histogram: inout Histogram
    ) throws(HistogramCodingError) {
        guard text.count <= HistogramFormat.maxTextSize else {
            throw .textTooLong(bytes: text.count, limit: HistogramFormat.maxTextSize)
        }
        try Base64.decode(text, into: &envelope)
        let inflated = try inflate(try Self.compressedBytes(of: envelope))
        try histogram.addCounts(try Self.counts(of: inflated))
    }

    /// The histogram that `text` stands for.
    package mutating func decode(base64 text: UnsafeRawBufferPointer) throws(HistogramCodingError) -> Histogram {
        var histogram = Histogram()
        try merge(base64: text, into: &histogram)
        return histogram
    }

    private mutating func inflate(
        _ compressed: ArraySlice<UInt8>
    ) throws(HistogramCodingError) -> UnsafeRawBufferPointer {
        if inflater == nil {
            inflater = try Inflater(limit: HistogramFormat.maxInflatedSize)
        }
        return try inflater!.inflate(compressed)
    }

    private static func compressedBytes(of envelope: [UInt8]) throws(HistogramCodingError) -> ArraySlice<UInt8> {
        guard envelope.count >= HistogramFormat.envelopeSize else {
            throw .truncated(bytes: envelope.count, needed: HistogramFormat.envelopeSize)
        }
        let cookie = envelope.bigEndian(UInt32.self, at: 0)
        guard cookie & ~HistogramFormat.wordSizeMask == HistogramFormat.compressionCookie else {
            throw .unknownCompressionCookie(cookie)
        }
        let compressed = envelope[HistogramFormat.envelopeSize...]
        let stated = envelope.bigEndian(UInt32.self, at: 4)
        guard Int(stated) == compressed.count else {
            throw .wrongCompressedLength(stated: stated, actual: compressed.count)
        }
        return compressed
    }

    private static func counts(
        of inflated: UnsafeRawBufferPointer
    ) throws(HistogramCodingError) -> UnsafeRawBufferPointer {
        guard inflated.count >= HistogramFormat.headerSize else {
            throw .truncated(bytes: inflated.count, needed: HistogramFormat.headerSize)
        }
        let cookie = inflated.bigEndian(UInt32.self, at: 0)
        guard cookie & ~HistogramFormat.wordSizeMask == HistogramFormat.encodingCookie else {
            throw .unknownEncodingCookie(cookie)
        }
        let offset = inflated.bigEndian(Int32.self, at: 8)
        guard offset == 0 else { throw .unsupportedNormalizingOffset(offset) }
        let digits = inflated.bigEndian(UInt32.self, at: 12)
        guard digits == HistogramFormat.digits else { throw .unsupportedDigits(digits) }
        let lowest = inflated.bigEndian(UInt64.self, at: 16)
        guard lowest == HistogramFormat.lowestValue else { throw .unsupportedLowestValue(lowest) }
        let counts = UnsafeRawBufferPointer(rebasing: inflated[HistogramFormat.headerSize...])
        let stated = inflated.bigEndian(UInt32.self, at: 4)
        guard Int(stated) == counts.count else {
            throw .wrongPayloadLength(stated: stated, actual: counts.count)
        }
        return counts
    }
}

extension Histogram {
    /// Reads HdrHistogram V2 compressed base64; to read many, keep a `HistogramDecoder`.
    package init(base64 text: UnsafeRawBufferPointer) throws(HistogramCodingError) {
        var decoder = HistogramDecoder()
        self = try decoder.decode(base64: text)
    }
}
