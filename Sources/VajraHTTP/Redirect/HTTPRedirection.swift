// SPDX-License-Identifier: Apache-2.0

/// Where a request goes after its redirects, and which parts of it are still sent (RFC 9110 15.4).
///
/// | status | method | body |
/// |---|---|---|
/// | 301, 302 | POST becomes GET, others stay | goes with the change |
/// | 303 | HEAD stays, all others become GET | goes with the change |
/// | 307, 308 | stays | stays |
///
/// To another origin than the first, the request goes without Authorization, Cookie and the user's Host.
package struct HTTPRedirection: Sendable, Equatable {
    private let first: HTTPURL
    /// Where the request goes.
    package private(set) var url: HTTPURL
    /// Its method.
    package private(set) var method: String
    /// Whether it still has its body.
    package private(set) var keepsBody = true
    /// How many redirects were followed.
    package private(set) var count = 0

    /// A request that has not been redirected yet; its target may differ from the URL's.
    package init(url: HTTPURL, target: String, method: String) {
        first = HTTPURL(url, target: target)
        self.url = first
        self.method = method
    }

    /// Whether it goes to another server than the first request.
    package var isElsewhere: Bool { !url.isSameOrigin(as: first) }

    /// Whether a response of that status asks to be followed, if it has a Location.
    package static func isAsked(by status: Int) -> Bool {
        switch status {
        case 301, 302, 303, 307, 308: true
        default: false
        }
    }

    /// Follows a response.
    ///
    /// Throws when its Location is no URL that a request can be sent to.
    package mutating func follow(status: Int, location: [UInt8]) throws(HTTPURLError) {
        url = try url.resolving(location)
        count += 1
        let becomesGet = status == 303 && method != "HEAD" && method != "GET" || status <= 302 && method == "POST"
        guard becomesGet else { return }
        method = "GET"
        keepsBody = false
    }
}

extension HTTPRequestParts {
    private static let secrets = ["authorization", "proxy-authorization", "cookie"]
    private static let ofBody = [
        "content-type", "content-length", "content-encoding", "content-language", "content-location",
    ]

    /// Turns the original request into the redirected one.
    package mutating func redirect(_ redirection: HTTPRedirection) {
        method = Array(redirection.method.utf8)
        target = Array(redirection.url.target.utf8)
        if redirection.isElsewhere {
            fields[hostIndex].value = Array(redirection.url.hostHeader.utf8)
            remove(Self.secrets)
        }
        if !redirection.keepsBody {
            body = []
            announcesLength = false
            remove(Self.ofBody)
        }
    }

    private mutating func remove(_ names: [String]) {
        let host = fields[hostIndex]
        fields.removeAll { field in names.contains { field.isNamed($0) } }
        hostIndex = fields.firstIndex(of: host) ?? 0
    }
}
