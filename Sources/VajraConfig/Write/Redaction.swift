// SPDX-License-Identifier: Apache-2.0

/// What is not to be shown: in the stream, in reports, in messages.
package enum Redaction {
    /// What stands in a secret's place.
    package static let mark = "[redacted]"

    private static let names = ["authorization", "proxy-authorization", "cookie", "x-api-key"]
    private static let parts = ["token", "secret", "password"]

    /// Whether a header or parameter of that name is a secret: Authorization, Proxy-Authorization, Cookie, X-Api-Key,
    /// and any whose name contains "token", "secret" or "password", case ignored.
    package static func hidesValue(of name: String) -> Bool {
        let lowercase = name.lowercased()
        return names.contains(lowercase) || parts.contains { lowercase.utf8.contains($0.utf8) }
    }

    /// The text with the user information of each URL in it (RFC 3986 3.2.1) as `[redacted]`, the host left readable.
    package static func withoutUserInfo(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var at = 0
        while at < bytes.count {
            guard bytes[at...].starts(with: "://".utf8) else {
                result.append(bytes[at])
                at += 1
                continue
            }
            let start = at + 3
            let end = bytes[start...].firstIndex(where: endsAuthority) ?? bytes.count
            result += "://".utf8
            // The last @, as browsers and curl take it, so that a password with an unescaped one is hidden whole.
            if let last = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")) {
                result += mark.utf8
                result += bytes[last..<end]
            } else {
                result += bytes[start..<end]
            }
            at = end
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: byte <= 0x20
        }
    }
}
