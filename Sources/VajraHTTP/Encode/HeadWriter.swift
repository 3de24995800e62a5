// SPDX-License-Identifier: Apache-2.0

/// Appends checked fields and the body to the bytes of a response; the checks are those of requests, too.
struct HeadWriter {
    private(set) var bytes: [UInt8] = []
    private let fields: [HTTPField]

    /// Checks the given fields; nothing is written yet.
    init(fields: [HTTPField], contentLength: Int) throws(HTTPEncodeError) {
        try Self.check(fields, contentLength: contentLength)
        self.fields = fields
    }

    /// Refuses fields that break the grammar, repeat a name that may come only once, or give a wrong length of the
    /// body.
    static func check(_ fields: [HTTPField], contentLength: Int) throws(HTTPEncodeError) {
        for field in fields {
            if let at = firstIndex(field.name, where: { !ASCII.isToken($0) }) ?? (field.name.isEmpty ? 0 : nil) {
                throw .badFieldName(field.name, at: at)
            }
            if let at = firstIndex(field.value, where: isControl) {
                throw .badFieldValue(name: field.name, at: at)
            }
            if field.isNamed("transfer-encoding") { throw .transferEncodingUnsupported }
        }
        for name in ["host", "content-length", "user-agent", "authorization"]
        where fields.count(where: { $0.isNamed(name) }) > 1 {
            throw .repeatedField(name)
        }
        if let given = fields.first(where: { $0.isNamed("content-length") }), given.value != String(contentLength) {
            throw .contentLengthMismatch(given: given.value, body: contentLength)
        }
    }

    mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(ASCII.carriageReturn)
        bytes.append(ASCII.lineFeed)
    }

    /// Writes the field unless one of that name is given.
    mutating func fallback(_ name: String, _ value: @autoclosure () -> String) {
        let lowercase = name.lowercased()
        guard !fields.contains(where: { $0.isNamed(lowercase) }) else { return }
        line("\(name): \(value())")
    }

    /// Writes the given fields, Content-Length if `sendsLength`, and the end of the head.
    mutating func finish(contentLength: Int, sendsLength: Bool) {
        for field in fields { line("\(field.name): \(field.value)") }
        if sendsLength { fallback("Content-Length", String(contentLength)) }
        line("")
    }

    mutating func body(_ body: [UInt8]) { bytes.append(contentsOf: body) }

    static func firstIndex(_ text: String, where isBad: (UInt8) -> Bool) -> Int? {
        var index = 0
        for byte in text.utf8 {
            if isBad(byte) { return index }
            index += 1
        }
        return nil
    }

    /// Controls but HTAB; RFC 9110 5.5 forbids CR, LF and NUL and calls the others invalid.
    static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != ASCII.tab || byte == 0x7F }
}
