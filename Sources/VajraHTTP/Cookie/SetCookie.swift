// SPDX-License-Identifier: Apache-2.0

/// The value of a Set-Cookie field, by RFC 6265 5.2: `name=value; Path=/; Domain=h; Max-Age=60; Expires=…; Secure`.
///
/// It ignores unknown attributes, and attributes whose value it cannot read. If an attribute comes twice, the last one
/// counts.
package struct SetCookie: Sendable, Equatable {
    /// The most bytes of a field; a longer one sets no cookie.
    package static let mostBytes = 4096

    /// The cookie's name; not empty.
    package let name: [UInt8]
    /// The cookie's value; may be empty.
    package let value: [UInt8]
    /// The domain, in lower case and without a leading dot; nil when the cookie is for the sending host alone.
    package private(set) var domain: [UInt8]?
    /// The path, which begins with "/"; nil for that of the request.
    package private(set) var path: [UInt8]?
    /// How many seconds it lives; nil without Max-Age.
    package private(set) var maxAge: Int64?
    /// When it expires, in seconds since the Unix epoch; nil without Expires.
    package private(set) var expires: Int64?
    /// Whether it is for TLS only.
    package private(set) var isSecure = false

    /// Reads the value of a field; nil when it is too long, names no cookie, or has a control character.
    package init?(parsing field: UnsafeRawBufferPointer) {
        guard field.count <= Self.mostBytes, !field.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
            return nil
        }
        var parts = field.split(separator: ASCII.semicolon, omittingEmptySubsequences: false)[...]
        guard let pair = parts.popFirst(), let equals = pair.firstIndex(of: Self.equals) else { return nil }
        name = Self.trimmed(pair[..<equals])
        value = Self.trimmed(pair[pair.index(after: equals)...])
        guard !name.isEmpty else { return nil }
        for part in parts {
            let equals = part.firstIndex(of: Self.equals) ?? part.endIndex
            let value = equals < part.endIndex ? Self.trimmed(part[part.index(after: equals)...]) : []
            take(Self.trimmed(part[..<equals]).map(ASCII.lowercased), value)
        }
    }

    private static let equals = UInt8(ascii: "=")

    private mutating func take(_ attribute: [UInt8], _ value: [UInt8]) {
        switch String(decoding: attribute, as: UTF8.self) {
        case "domain":
            let name = value.first == UInt8(ascii: ".") ? value.dropFirst() : value[...]
            if !name.isEmpty { domain = name.map(ASCII.lowercased) }
        case "path": path = value.first == ASCII.slash ? value : nil
        case "max-age":
            let digits = value.first == UInt8(ascii: "-") ? value.dropFirst() : value[...]
            guard !digits.isEmpty, digits.allSatisfy(ASCII.isDigit) else { return }
            maxAge = digits.count < value.count ? 0 : Int64(String(decoding: value, as: UTF8.self)) ?? .max
        case "expires": expires = CookieDate.seconds(value) ?? expires
        case "secure": isSecure = true
        default: break
        }
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> [UInt8] { Array(ASCII.trimmed(bytes)) }
}
