// SPDX-License-Identifier: Apache-2.0

/// A request as the parts that every version of HTTP sends. They are checked, and lack only what a version adds.
///
/// `HTTPRequestEncoder.parts()` makes them. HTTP/1.1 writes them as lines, see ``append(to:)``; HTTP/2 takes method,
/// authority and target for its pseudo-fields and the others as pairs, in lower case. Parts may be replaced in place
/// between two requests, which keeps their memory. The code that replaces a part must keep to the grammar that the
/// encoder checked.
package struct HTTPRequestParts: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        /// An RFC 9110 token, as it was given.
        package var name: [UInt8]
        /// Without CR, LF or NUL.
        package var value: [UInt8]

        /// A field, not checked.
        package init(name: [UInt8], value: [UInt8]) {
            self.name = name
            self.value = value
        }

        /// Whether the field has that name, which must be in lower case.
        package func isNamed(_ lowercase: String) -> Bool {
            name.count == lowercase.utf8.count && name.lazy.map(ASCII.lowercased).elementsEqual(lowercase.utf8)
        }
    }

    package var method: [UInt8]
    /// The request target in origin-form.
    package var target: [UInt8]
    /// All fields in the order of HTTP/1.1, exactly one Host among them.
    package var fields: [Field]
    /// Which of the fields is Host.
    package var hostIndex: Int
    /// The value of the Cookie that follows the fields; empty for none.
    package var cookies: [UInt8] = []
    /// The body; empty for none.
    package var body: [UInt8]
    /// Whether to send a Content-Length that is not among the fields.
    package var announcesLength: Bool

    /// The value of Host, which HTTP/2 calls `:authority`.
    package var authority: [UInt8] { fields[hostIndex].value }

    /// The value of Content-Length, unless the fields have it or there is none.
    package var contentLength: Int? { announcesLength ? body.count : nil }
}

extension HTTPRequestParts {
    private static let versionLine = Array(" HTTP/1.1\r\n".utf8)
    private static let colon = Array(": ".utf8)
    private static let lineEnd = Array("\r\n".utf8)
    private static let cookieName = Array("Cookie: ".utf8)
    private static let lengthName = Array("Content-Length: ".utf8)

    /// Appends the request as HTTP/1.1 to the buffer; allocates only when the buffer has to grow.
    ///
    ///     P O S T SP / x SP H T T P / 1 . 1 CR LF
    ///     H o s t : SP h CR LF                          fields in their order
    ///     C o n t e n t - L e n g t h : SP 2 CR LF      when it is announced
    ///     CR LF
    ///     <body>
    package func append(to buffer: HTTPRequestBuffer) {
        buffer.append(method)
        buffer.append(ASCII.space)
        buffer.append(target)
        buffer.append(Self.versionLine)
        for index in fields.indices {
            buffer.append(fields[index].name)
            buffer.append(Self.colon)
            buffer.append(fields[index].value)
            buffer.append(Self.lineEnd)
        }
        if !cookies.isEmpty {
            buffer.append(Self.cookieName)
            buffer.append(cookies)
            buffer.append(Self.lineEnd)
        }
        if announcesLength {
            buffer.append(Self.lengthName)
            buffer.append(decimal: UInt64(body.count))
            buffer.append(Self.lineEnd)
        }
        buffer.append(Self.lineEnd)
        buffer.append(body)
    }
}
