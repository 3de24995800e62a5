// SPDX-License-Identifier: Apache-2.0

/// Cuts the text of a URL into ranges and reads each.
struct URLParser {
    struct Parts {
        let userInfo: Range<Int>?
        let host: Range<Int>
        let target: Range<Int>
    }

    /// Who wrote the URL.
    enum Origin {
        /// A user, who is told of each fault.
        case user
        /// A server. Its URLs are read as browsers and curl do: spaces are encoded, and a percent sign without two
        /// digits stays.
        case server
    }

    private let text: [UInt8]
    private let origin: Origin

    init(_ text: [UInt8], of origin: Origin = .user) {
        self.text = text
        self.origin = origin
    }

    /// The scheme, and the index past its "://".
    func scheme() throws(HTTPURLError) -> (value: HTTPURL.Scheme, end: Int) {
        let end =
            text.firstIndex { !ASCII.isLetter($0) && !ASCII.isDigit($0) && !"+-.".utf8.contains($0) } ?? text.count
        guard end > 0, text[end...].starts(with: "://".utf8) else { throw HTTPURLError(.missingScheme, at: 0) }
        let name = String(decoding: text[..<end].map(ASCII.lowercased), as: UTF8.self)
        guard let scheme = HTTPURL.Scheme(rawValue: name) else { throw HTTPURLError(.unsupportedScheme(name), at: 0) }
        return (scheme, end + 3)
    }

    /// User information, host with port, and target. Refuses controls, and spaces in a user's URL, so that no URL can
    /// add a line to the request.
    func parts(after start: Int) throws(HTTPURLError) -> Parts {
        try refuseForbiddenBytes()
        let end = text[start...].firstIndex(of: UInt8(ascii: "#")) ?? text.count
        let authorityEnd = text[start..<end].firstIndex { $0 == ASCII.slash || $0 == UInt8(ascii: "?") } ?? end
        let at = text[start..<authorityEnd].lastIndex(of: UInt8(ascii: "@"))
        return Parts(
            userInfo: at.map { start..<$0 }, host: (at.map { $0 + 1 } ?? start)..<authorityEnd,
            target: authorityEnd..<end)
    }

    func refuseForbiddenBytes() throws(HTTPURLError) {
        let lowest = origin == .user ? ASCII.space + 1 : ASCII.space
        if let bad = text.firstIndex(where: { $0 < lowest || $0 == 0x7F }) {
            throw HTTPURLError(.forbiddenByte(text[bad]), at: bad)
        }
    }

    /// Origin-form: percent-encodes all bytes that RFC 3986 does not allow.
    func target(_ range: Range<Int>) throws(HTTPURLError) -> String {
        (text[range].first == ASCII.slash ? "" : "/") + (try encoded(range))
    }

    /// A piece of a target, up to a fragment.
    func piece() throws(HTTPURLError) -> (text: String, isLast: Bool) {
        try refuseForbiddenBytes()
        let end = text.firstIndex(of: UInt8(ascii: "#"))
        return (try encoded(0..<(end ?? text.count)), end != nil)
    }

    private func encoded(_ range: Range<Int>) throws(HTTPURLError) -> String {
        var target: [UInt8] = []
        for index in range {
            let byte = text[index]
            if byte == ASCII.percent, origin == .user, hexPair(index + 1, before: range.upperBound) == nil {
                throw HTTPURLError(.badPercentEncoding, at: index)
            }
            if ASCII.isVisible(byte), !"\"<>\\^`{|}".utf8.contains(byte) {
                target.append(byte)
            } else {
                let digits = Array("0123456789ABCDEF".utf8)
                target += [ASCII.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: target, as: UTF8.self)
    }

    /// The user information, decoded; nil when there is none, or when a server wrote the URL.
    func credentials(_ range: Range<Int>?) throws(HTTPURLError) -> HTTPCredentials? {
        guard let range, origin == .user else { return nil }
        let colon = text[range].firstIndex(of: ASCII.colon)
        let user = try decoded(range.lowerBound..<(colon ?? range.upperBound))
        let password = try colon.map { (colon) throws(HTTPURLError) in try decoded((colon + 1)..<range.upperBound) }
        guard let credentials = HTTPCredentials(user: user, password: password ?? []) else {
            throw HTTPURLError(.badUserInfo, at: range.lowerBound)
        }
        return credentials
    }

    func socketPath(_ range: Range<Int>) throws(HTTPURLError) -> [UInt8] {
        let path = try decoded(range)
        guard !path.isEmpty else { throw HTTPURLError(.emptyHost, at: range.lowerBound) }
        guard path.count <= 107, !path.contains(ASCII.nul) else {
            throw HTTPURLError(.badSocketPath, at: range.lowerBound)
        }
        return path
    }

    private func decoded(_ range: Range<Int>) throws(HTTPURLError) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if text[index] == ASCII.percent {
                guard let byte = hexPair(index + 1, before: range.upperBound) else {
                    throw HTTPURLError(.badPercentEncoding, at: index)
                }
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }

    private func hexPair(_ index: Int, before end: Int) -> UInt8? {
        guard index + 1 < end, let high = ASCII.hexValue(text[index]), let low = ASCII.hexValue(text[index + 1])
        else { return nil }
        return UInt8(high << 4 | low)
    }
}

extension URLParser {
    /// Host in lower case and port, nil when none is given or nothing follows the colon (RFC 3986 3.2.3).
    func authority(_ range: Range<Int>) throws(HTTPURLError) -> (host: String, port: Int?) {
        let isBracketed = text[range].first == UInt8(ascii: "[")
        let hostEnd: Int
        if isBracketed {
            guard let bracket = text[range].firstIndex(of: UInt8(ascii: "]")) else {
                throw HTTPURLError(.badIPv6, at: range.lowerBound)
            }
            hostEnd = bracket + 1
        } else {
            hostEnd = text[range].firstIndex(of: ASCII.colon) ?? range.upperBound
        }
        guard hostEnd > range.lowerBound else { throw HTTPURLError(.emptyHost, at: range.lowerBound) }
        let host = isBracketed ? try ipv6(range.lowerBound + 1, hostEnd - 1) : try name(range.lowerBound..<hostEnd)
        return (host, try port(hostEnd..<range.upperBound))
    }

    private func name(_ range: Range<Int>) throws(HTTPURLError) -> String {
        if let bad = text[range].firstIndex(where: {
            !ASCII.isLetter($0) && !ASCII.isDigit($0) && !"-._~".utf8.contains($0)
        }) {
            throw HTTPURLError(.badHost, at: bad)
        }
        return String(decoding: text[range].map(ASCII.lowercased), as: UTF8.self)
    }

    /// Checks the characters and the colons; the resolver judges the rest. A zone is written `%25eth0` (RFC 6874).
    private func ipv6(_ start: Int, _ end: Int) throws(HTTPURLError) -> String {
        let zone = text[start..<end].firstIndex(of: ASCII.percent) ?? end
        let address = text[start..<zone]
        let isAddress =
            address.count(where: { $0 == ASCII.colon }) >= 2
            && address.allSatisfy { ASCII.hexValue($0) != nil || $0 == ASCII.colon || $0 == UInt8(ascii: ".") }
        guard isAddress else { throw HTTPURLError(.badIPv6, at: start) }
        var host = address.map(ASCII.lowercased)
        if zone < end {
            let id = try decoded(zone..<end).dropFirst()
            guard !id.isEmpty, id.allSatisfy({ ASCII.isLetter($0) || ASCII.isDigit($0) || "-._~".utf8.contains($0) })
            else { throw HTTPURLError(.badIPv6, at: zone) }
            host += [ASCII.percent] + id
        }
        return String(decoding: host, as: UTF8.self)
    }

    private func port(_ range: Range<Int>) throws(HTTPURLError) -> Int? {
        guard let colon = text[range].first else { return nil }
        guard colon == ASCII.colon else { throw HTTPURLError(.badPort, at: range.lowerBound) }
        let digits = text[range].dropFirst()
        guard !digits.isEmpty else { return nil }
        guard digits.allSatisfy(ASCII.isDigit), let port = Int(String(decoding: digits, as: UTF8.self)),
            (1...65_535).contains(port)
        else { throw HTTPURLError(.badPort, at: range.lowerBound + 1) }
        return port
    }
}
