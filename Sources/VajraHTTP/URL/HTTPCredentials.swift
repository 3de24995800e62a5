// SPDX-License-Identifier: Apache-2.0

/// A user and password for Basic authentication (RFC 7617).
package struct HTTPCredentials: Sendable, Equatable {
    /// The user, decoded; without a colon.
    package let user: [UInt8]
    /// The password, decoded; may be empty.
    package let password: [UInt8]

    /// Nil when the user has a colon, because Basic cannot carry it.
    package init?(user: [UInt8], password: [UInt8]) {
        guard !user.contains(ASCII.colon) else { return nil }
        self.user = user
        self.password = password
    }

    /// The value of Authorization: "Basic " and the base64 of "user:password" (RFC 4648 4, padded).
    package var authorization: String {
        let bytes = user + [ASCII.colon] + password
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for digit in 0..<4 {
                text.append(digit <= group.count ? alphabet[bits >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
            }
        }
        return "Basic " + String(decoding: text, as: UTF8.self)
    }
}
