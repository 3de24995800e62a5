// SPDX-License-Identifier: Apache-2.0

/// One request as the user asks for it. The encoder checks it once, and makes parts or bytes that can be sent many
/// times.
package struct HTTPRequestEncoder: Sendable, Equatable {
    /// An RFC 9110 token, in capitals by custom; CONNECT is refused.
    package var method: String
    /// The request target in visible ASCII, as `HTTPURL.target` gives it.
    package var target: String
    /// The value of Host, as `HTTPURL.hostHeader` gives it.
    package var host: String
    /// Fields to send. A field overrides the default of its name, case ignored.
    package var fields: [HTTPField]
    /// The body; nil sends none.
    package var body: [UInt8]?
    /// Sent as `Authorization: Basic`, unless `fields` has Authorization.
    package var credentials: HTTPCredentials?
    /// The version in `User-Agent: vajra-gen/VERSION`.
    package var version: String

    /// Describes a request; nothing is checked before `encoded`.
    package init(
        method: String = "GET", target: String = "/", host: String, fields: [HTTPField] = [], body: [UInt8]? = nil,
        credentials: HTTPCredentials? = nil, version: String
    ) {
        self.method = method
        self.target = target
        self.host = host
        self.fields = fields
        self.body = body
        self.credentials = credentials
        self.version = version
    }

    /// The request's parts, with Content-Length when there is a body or the method is POST, PUT or PATCH.
    ///
    /// Throws when a part breaks the grammar of RFC 9110, so that no part can smuggle in another request.
    package func parts() throws(HTTPEncodeError) -> HTTPRequestParts {
        try check()
        var all: [HTTPField] = []
        func fallback(_ name: String, _ value: String) {
            let lowercase = name.lowercased()
            if !fields.contains(where: { $0.isNamed(lowercase) }) { all.append(HTTPField(name, value)) }
        }
        fallback("Host", host)
        fallback("User-Agent", "vajra-gen/\(version)")
        fallback("Accept", "*/*")
        if let credentials { fallback("Authorization", credentials.authorization) }
        all += fields
        guard let hostIndex = all.firstIndex(where: { $0.isNamed("host") }) else {
            preconditionFailure("Host is given or added")
        }
        let sendsLength = body != nil || ["POST", "PUT", "PATCH"].contains(method)
        return HTTPRequestParts(
            method: Array(method.utf8), target: Array(target.utf8),
            fields: all.map { HTTPRequestParts.Field(name: Array($0.name.utf8), value: Array($0.value.utf8)) },
            hostIndex: hostIndex, body: body ?? [],
            announcesLength: sendsLength && !fields.contains { $0.isNamed("content-length") })
    }

    /// The bytes of the parts in HTTP/1.1.
    package func encoded() throws(HTTPEncodeError) -> [UInt8] {
        let buffer = HTTPRequestBuffer()
        try parts().append(to: buffer)
        return Array(buffer.bytes)
    }

    private func check() throws(HTTPEncodeError) {
        if let at = HeadWriter.firstIndex(method, where: { !ASCII.isToken($0) }) ?? (method.isEmpty ? 0 : nil) {
            throw .badMethod(method, at: at)
        }
        guard method != "CONNECT" else { throw .connectUnsupported }
        if let at = HeadWriter.firstIndex(target, where: { !ASCII.isVisible($0) }) ?? (target.isEmpty ? 0 : nil) {
            throw .badTarget(target, at: at)
        }
        if let at = HeadWriter.firstIndex(host, where: { !ASCII.isVisible($0) }) {
            throw .badFieldValue(name: "Host", at: at)
        }
        if let at = HeadWriter.firstIndex(version, where: { !ASCII.isVisible($0) }) {
            throw .badFieldValue(name: "User-Agent", at: at)
        }
        try HeadWriter.check(fields, contentLength: body?.count ?? 0)
    }
}
