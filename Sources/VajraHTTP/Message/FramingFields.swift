// SPDX-License-Identifier: Apache-2.0

/// What the fields of a head say about the end of the body and of the connection.
struct FramingFields: Sendable {
    var contentLength: Int?
    /// Whether there is a transfer coding other than identity.
    var hasTransferEncoding = false
    /// Whether the coding `identity` is named. It meant no coding (RFC 2616 3.6), and is no longer defined (RFC 9112
    /// 7).
    var hasIdentity = false
    /// Whether the last transfer coding is chunked.
    var endsWithChunked = false
    private var hasChunked = false
    var closes = false
    var keepsAlive = false
    var hasHost = false
    var expectsContinue = false

    /// The lengths of the names that frame any message, one bit each: connection, content-length, transfer-encoding.
    static let nameLengths: UInt64 = 1 << 10 | 1 << 14 | 1 << 17
    /// The lengths of the names that matter in a request only: host, expect.
    static let requestNameLengths: UInt64 = 1 << 4 | 1 << 6

    // Names as little-endian words with the case bit set. Two words overlap if the name's length is no multiple of 8.
    private static let content: UInt64 = 0x2D74_6E65_746E_6F63  // "content-"
    private static let tLength: UInt64 = 0x6874_676E_656C_2D74  // "t-length"
    private static let connecti: UInt64 = 0x6974_6365_6E6E_6F63  // "connecti"
    private static let nnection: UInt64 = 0x6E6F_6974_6365_6E6E  // "nnection"
    private static let keepAli: UInt64 = 0x696C_612D_7065_656B  // "keep-ali"
    private static let epAlive: UInt64 = 0x6576_696C_612D_7065  // "ep-alive"

    /// Reads the field if it is one of the five.
    @inline(__always)
    mutating func read(_ field: FieldLine) throws(HTTPParseError) {
        switch field.nameLength {
        case 14:
            if FieldLine.foldedWord(field.line, 0) == Self.content, FieldLine.foldedWord(field.line, 6) == Self.tLength
            {
                try readContentLength(field.value, at: field.offset)
            }
        case 10:
            if FieldLine.foldedWord(field.line, 0) == Self.connecti,
                FieldLine.foldedWord(field.line, 2) == Self.nnection
            {
                try readConnection(field.value)
            }
        default: try readRare(field)
        }
    }

    @inline(never)
    private mutating func readRare(_ field: FieldLine) throws(HTTPParseError) {
        let name = UnsafeRawBufferPointer(rebasing: field.line[..<field.nameLength])
        if equalsIgnoringCase(name, "transfer-encoding") {
            try readTransferEncoding(field.value, at: field.offset)
        } else if equalsIgnoringCase(name, "host") {
            guard !hasHost else { throw .repeatedHost(at: field.offset) }
            hasHost = true
        } else if equalsIgnoringCase(name, "expect") {
            if equalsIgnoringCase(field.value, "100-continue") { expectsContinue = true }
        }
    }

    /// RFC 9112 6.3: repeated values that are identical, in one line or several, count as one; different ones are
    /// refused.
    @inline(__always)
    private mutating func readContentLength(_ value: UnsafeRawBufferPointer, at offset: Int) throws(HTTPParseError) {
        var index = 0
        repeat {
            while index < value.count, ASCII.isBlank(value[index]) { index &+= 1 }
            let first = index
            var number = 0
            while index < value.count, ASCII.isDigit(value[index]) {
                let (product, wide) = number.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(Int(value[index] &- 0x30))
                guard !wide, !carry else { throw .contentLengthOverflow(at: offset) }
                number = sum
                index &+= 1
            }
            guard index > first else { throw .badContentLength(at: offset) }
            while index < value.count, ASCII.isBlank(value[index]) { index &+= 1 }
            guard index == value.count || value[index] == ASCII.comma, index &+ 1 != value.count else {
                throw .badContentLength(at: offset)
            }
            if let contentLength, contentLength != number {
                throw .conflictingContentLength(contentLength, number)
            }
            contentLength = number
            index &+= 1
        } while index < value.count
    }

    @inline(__always)
    private mutating func readConnection(_ value: UnsafeRawBufferPointer) throws(HTTPParseError) {
        if value.count == 10, FieldLine.foldedWord(value, 0) == Self.keepAli,
            FieldLine.foldedWord(value, 2) == Self.epAlive
        {
            keepsAlive = true
        } else {
            try readConnectionTokens(value)
        }
    }

    @inline(never)
    private mutating func readConnectionTokens(_ value: UnsafeRawBufferPointer) throws(HTTPParseError) {
        var closes = self.closes
        var keepsAlive = self.keepsAlive
        try forEachListElement(value) { (token) throws(HTTPParseError) in
            if equalsIgnoringCase(token, "keep-alive") {
                keepsAlive = true
            } else if equalsIgnoringCase(token, "close") {
                closes = true
            }
        }
        self.closes = closes
        self.keepsAlive = keepsAlive
    }

    private mutating func readTransferEncoding(_ value: UnsafeRawBufferPointer, at offset: Int) throws(HTTPParseError) {
        var hasOther = false
        var hasIdentity = false
        var endsWithChunked = self.endsWithChunked
        var hasChunked = self.hasChunked
        try forEachListElement(value) { (coding) throws(HTTPParseError) in
            if equalsIgnoringCase(coding, "identity") { return hasIdentity = true }
            hasOther = true
            endsWithChunked = equalsIgnoringCase(coding, "chunked")
            guard !(endsWithChunked && hasChunked) else { throw .chunkedTwice(at: offset) }
            hasChunked = hasChunked || endsWithChunked
        }
        hasTransferEncoding = hasTransferEncoding || hasOther || !hasIdentity
        self.hasIdentity = self.hasIdentity || hasIdentity
        self.endsWithChunked = endsWithChunked
        self.hasChunked = hasChunked
    }

    /// Whether the connection may carry another message, by RFC 9112 9.3 and 6.1.
    ///
    /// Close wins over keep-alive, and HTTP/1.0 needs keep-alive. A Transfer-Encoding beside a Content-Length, or in an
    /// HTTP/1.0 message, is faulty framing; the connection is closed after it.
    func connectionPersists(minorVersion: Int) -> Bool {
        guard !closes, !(hasTransferEncoding && (contentLength != nil || minorVersion == 0)) else { return false }
        return minorVersion > 0 || keepsAlive
    }
}
