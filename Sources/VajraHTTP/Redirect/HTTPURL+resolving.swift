// SPDX-License-Identifier: Apache-2.0

extension HTTPURL {
    /// The URL that a reference in a response stands for (RFC 3986 5.2), without user information.
    ///
    ///     of http://h:81/a/b?q    https://i/x  → https://i/x     //i/x → http://i/x
    ///                             /x → http://h:81/x             x → http://h:81/a/x       ../x → http://h:81/x
    ///                             ?r → http://h:81/a/b?r         #f → http://h:81/a/b?q
    ///                             /a b → http://h:81/a%20b       /100% → http://h:81/100%
    package func resolving(_ reference: [UInt8]) throws(HTTPURLError) -> HTTPURL {
        if let url = try absolute(reference) {
            // A server behind a Unix socket calls itself http://localhost.
            if scheme == .unix, url.scheme == .http, url.host == "localhost", url.port == 80 {
                return HTTPURL(self, target: Self.withoutDots(url.target))
            }
            return HTTPURL(url, target: Self.withoutDots(url.target))
        }
        // From here on the text is visible ASCII, so each byte is a character.
        let (path, query) = Self.cut(target)
        let piece = try URLParser(reference, of: .server).piece().text
        let (newPath, newQuery) = Self.cut(piece)
        if newPath.isEmpty {
            return HTTPURL(self, target: path + (newQuery.isEmpty ? query : newQuery))
        }
        let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        let merged = newPath.hasPrefix("/") ? newPath : folder + newPath
        return HTTPURL(self, target: Self.withoutDots(merged + newQuery))
    }

    /// Whether requests to both go to the same server.
    package func isSameOrigin(as other: HTTPURL) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port && socketPath == other.socketPath
    }

    private func absolute(_ reference: [UInt8]) throws(HTTPURLError) -> HTTPURL? {
        if reference.starts(with: "//".utf8) {
            let scheme = scheme == .unix ? Scheme.http : scheme
            return try HTTPURL(URLParser("\(scheme.rawValue):".utf8 + reference, of: .server))
        }
        let end = reference.firstIndex { !ASCII.isLetter($0) && !ASCII.isDigit($0) && !"+-.".utf8.contains($0) }
        guard let end, reference[end] == ASCII.colon, end > 0 else { return nil }
        return try HTTPURL(URLParser(reference, of: .server))
    }

    /// The path, and the query with its question mark.
    private static func cut(_ target: String) -> (path: String, query: String) {
        let mark = target.firstIndex(of: "?") ?? target.endIndex
        return (String(target[..<mark]), String(target[mark...]))
    }

    /// RFC 3986 5.2.4: removes `.`, and `..` with the segment before it.
    private static func withoutDots(_ target: String) -> String {
        let (path, query) = cut(target)
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, segment) in segments.enumerated() {
            if segment == ".." { _ = kept.popLast() }
            if segment != "..", segment != "." {
                kept.append(segment)
            } else if index == segments.count - 1 {
                kept.append("")
            }
        }
        return "/" + kept.joined(separator: "/") + query
    }
}
