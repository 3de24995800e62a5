// SPDX-License-Identifier: Apache-2.0

/// The complete bytes of one response of a small server.
package struct HTTPResponseEncoder: Sendable, Equatable {
    /// The interim response that invites the body after `Expect: 100-continue`.
    package static let continueBytes = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// The status code, 100...599.
    package var status: Int
    /// Replaces the usual reason phrase of the status.
    package var reason: String?
    /// Fields to send; one overrides the default of its name, case ignored.
    package var fields: [HTTPField]
    /// The body; not sent with 1xx, 204 and 304.
    package var body: [UInt8]
    /// Whether to announce `Connection: close`.
    package var closes: Bool
    /// Whether the request was HEAD: the length is announced, the body is not sent.
    package var isHeadRequest: Bool

    /// Describes a response; nothing is checked before `encoded`.
    package init(
        status: Int = 200, reason: String? = nil, fields: [HTTPField] = [], body: [UInt8] = [], closes: Bool = false,
        isHeadRequest: Bool = false
    ) {
        self.status = status
        self.reason = reason
        self.fields = fields
        self.body = body
        self.closes = closes
        self.isHeadRequest = isHeadRequest
    }

    /// The response's bytes; throws when a part does not follow the grammar of RFC 9110.
    package func encoded() throws(HTTPEncodeError) -> [UInt8] {
        guard (100...599).contains(status) else { throw .statusOutOfRange(status) }
        let reason = self.reason ?? Self.reason(status)
        if let at = HeadWriter.firstIndex(reason, where: HeadWriter.isControl) { throw .badReason(at: at) }
        let hasBody = status >= 200 && status != 204 && status != 304
        var writer = try HeadWriter(fields: fields, contentLength: hasBody ? body.count : 0)
        writer.line("HTTP/1.1 \(status) \(reason)")
        if closes { writer.fallback("Connection", "close") }
        writer.finish(contentLength: hasBody ? body.count : 0, sendsLength: hasBody)
        if hasBody, !isHeadRequest { writer.body(body) }
        return writer.bytes
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 100: "Continue"
        case 200: "OK"
        case 201: "Created"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}
