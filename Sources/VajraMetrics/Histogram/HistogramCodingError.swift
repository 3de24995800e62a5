// SPDX-License-Identifier: Apache-2.0

/// Why a histogram could not be read from, or written as, HdrHistogram V2 compressed base64.
package enum HistogramCodingError: Error, Hashable, Sendable {
    /// The base64 text has `bytes` bytes, more than any valid histogram needs.
    case textTooLong(bytes: Int, limit: Int)
    /// The byte at `offset` of the text is not base64, or the text is cut or padded wrongly there.
    case invalidBase64(offset: Int)
    /// The envelope or the header ends after `bytes` of at least `needed` bytes.
    case truncated(bytes: Int, needed: Int)
    /// The envelope does not begin as V2 compressed.
    case unknownCompressionCookie(UInt32)
    /// The header inside does not begin as V2.
    case unknownEncodingCookie(UInt32)
    /// The envelope names another length than the `actual` bytes that follow it.
    case wrongCompressedLength(stated: UInt32, actual: Int)
    /// The header names another length than the `actual` bytes of counts that follow it.
    case wrongPayloadLength(stated: UInt32, actual: Int)
    /// The deflated bytes are damaged; `status` is zlib's.
    case corruptDeflate(status: Int32)
    /// The deflated bytes end before their stream does.
    case truncatedDeflate
    /// The stream ends before the deflated bytes do.
    case trailingBytes(Int)
    /// The bytes inflate to more than any valid histogram needs.
    case inflatedTooLong(limit: Int)
    /// The histogram has another number of significant digits than 3.
    case unsupportedDigits(UInt32)
    /// The histogram has another lowest value than 1.
    case unsupportedLowestValue(UInt64)
    /// The counts are rotated, as only a shifted histogram's are.
    case unsupportedNormalizingOffset(Int32)
    /// The count that starts at `offset` in the payload has no end.
    case truncatedCount(offset: Int)
    /// A negative count, which stands for that many empty buckets, is below −`Int32.max`.
    case negativeCount(Int64, offset: Int)
    /// A count belongs to the bucket at `index`, past the last bucket.
    case indexOverflow(index: Int, limit: Int)
    /// The counts add up to more than `Int64.max`.
    case countsOverflow
    /// zlib had no memory, or failed in a way that no input can cause; `status` is zlib's.
    case zlibFailure(status: Int32)
}

extension HistogramCodingError: CustomStringConvertible {
    /// Place, cause and, where there is one, remedy, on one line.
    package var description: String {
        switch self {
        case .textTooLong(let bytes, let limit):
            "histogram text has \(bytes) bytes; at most \(limit) are read"
        case .invalidBase64(let offset):
            "histogram text is not padded standard base64 at byte \(offset)"
        case .truncated(let bytes, let needed):
            "histogram ends after \(bytes) of at least \(needed) bytes; was the line cut?"
        case .unknownCompressionCookie(let cookie):
            "histogram starts with 0x\(String(cookie, radix: 16)), not as V2 compressed; encode it as such"
        case .unknownEncodingCookie(let cookie):
            "inflated histogram starts with 0x\(String(cookie, radix: 16)), not as V2; encode it as such"
        case .wrongCompressedLength(let stated, let actual):
            "histogram announces \(stated) compressed bytes, but \(actual) follow; was the line cut?"
        case .wrongPayloadLength(let stated, let actual):
            "histogram announces \(stated) bytes of counts, but \(actual) follow"
        case .corruptDeflate(let status):
            "compressed histogram is damaged (zlib status \(status))"
        case .truncatedDeflate:
            "compressed histogram ends early"
        case .trailingBytes(let count):
            "compressed histogram is followed by \(count) bytes that are not part of it"
        case .inflatedTooLong(let limit):
            "histogram inflates to more than \(limit) bytes, which no histogram up to one hour needs"
        case .unsupportedDigits(let digits):
            "histogram has \(digits) significant digits; record with 3"
        case .unsupportedLowestValue(let value):
            "histogram has the lowest value \(value); record with 1"
        case .unsupportedNormalizingOffset(let offset):
            "histogram has the normalizing index offset \(offset); send it unshifted, with 0"
        case .truncatedCount(let offset):
            "histogram ends within the count at byte \(offset) of its counts"
        case .negativeCount(let count, let offset):
            "histogram has the count \(count) at byte \(offset) of its counts, too many empty buckets"
        case .indexOverflow(let index, let limit):
            "histogram has a count in bucket \(index); only \(limit) buckets, up to one hour in ns, are tracked"
        case .countsOverflow:
            "counts of the histogram add up to more than \(Int64.max)"
        case .zlibFailure(let status):
            "zlib failed with status \(status); is memory short?"
        }
    }
}
