// SPDX-License-Identifier: Apache-2.0

extension Histogram {
    /// Appends the header and the counts of `HistogramFormat`, not yet deflated.
    ///
    /// Throws `countsOverflow` when the counts add up to more than `Int64.max`.
    func appendHeaderAndCounts(to bytes: inout [UInt8]) throws(HistogramCodingError) {
        let start = bytes.count
        appendHeader(to: &bytes)
        try appendCounts(to: &bytes)
        let length = UInt32(bytes.count - start - HistogramFormat.headerSize)
        withUnsafeBytes(of: length.bigEndian) { bytes.replaceSubrange(start + 4..<start + 8, with: $0) }
    }

    private func appendHeader(to bytes: inout [UInt8]) {
        bytes.append(bigEndian: HistogramFormat.encodingCookie | HistogramFormat.writtenWordSize)
        bytes.append(bigEndian: UInt32(0))
        bytes.append(bigEndian: UInt32(0))
        bytes.append(bigEndian: HistogramFormat.digits)
        bytes.append(bigEndian: HistogramFormat.lowestValue)
        bytes.append(bigEndian: Self.highestTrackableValue)
        bytes.append(bigEndian: (1.0).bitPattern)
    }

    private func appendCounts(to bytes: inout [UInt8]) throws(HistogramCodingError) {
        var total: UInt64 = 0
        var next = 0
        for index in touchedIndices where counts[index] > 0 {
            appendEmptyBuckets(index - next, to: &bytes)
            total += counts[index]
            guard total <= Self.countLimit else { throw .countsOverflow }
            ZigZag.append(Int64(counts[index]), to: &bytes)
            next = index + 1
        }
    }

    private func appendEmptyBuckets(_ count: Int, to bytes: inout [UInt8]) {
        switch count {
        case 0: break
        // As in Java, which writes a lone zero as a count.
        case 1: ZigZag.append(0, to: &bytes)
        default: ZigZag.append(Int64(-count), to: &bytes)
        }
    }
}
