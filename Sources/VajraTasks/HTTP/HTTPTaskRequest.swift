// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
import VajraHTTP
import VajraTemplate

/// What an `http` task sends, made once for all lanes: the parts of the request, which of them differ from iteration to
/// iteration, and where it goes.
package struct HTTPTaskRequest: Sendable {
    /// A part that differs from iteration to iteration.
    enum Place: Sendable, Equatable {
        case target
        /// The value of the field with that index.
        case field(Int)
        /// The same of a field that may ask for the connection's end.
        case connection(Int)
        case body
    }

    /// The request; a part that differs from iteration to iteration has no meaning here.
    let parts: HTTPRequestParts
    /// The renderers of the parts that differ.
    let renderers: [(place: Place, renderer: TemplateRenderer)]
    /// Where it goes; its target has no template.
    let url: HTTPURL
    let endpoint: HTTPEndpoint
    /// What TLS needs, for all lanes.
    let tlsFiles: TLSFiles
    /// Whether all requests are equal.
    let isFixed: Bool
    /// Whether each asks for its connection's end.
    let closes: Bool
    /// Its bytes, if it is fixed and HTTP/1.1.
    let fixed: StableBytes?

    /// Reads the files that the config names, and makes the request.
    ///
    /// - Parameter scenario: The scenario's name, which random values depend on.
    /// - Throws: ``InvalidHTTPTask`` with all that can be told at once.
    package init(_ config: HTTPTaskConfig, scenario: String, toolVersion: String) throws(InvalidHTTPTask) {
        var draft = HTTPRequestDraft(config, scenario: scenario)
        guard let url = draft.url, draft.errors.isEmpty else { throw InvalidHTTPTask(errors: draft.errors) }
        let request = HTTPRequestEncoder(
            method: config.method, target: draft.target, host: url.hostHeader, fields: draft.fields, body: draft.body,
            credentials: url.credentials, version: toolVersion)
        do throws(HTTPEncodeError) {
            parts = try request.parts()
        } catch {
            let error = HTTPTaskError(description: "the request cannot be written: \(error)")
            throw InvalidHTTPTask(errors: [error])
        }
        renderers = draft.renderers(fieldsBefore: parts.fields.count - draft.fields.count)
        guard draft.errors.isEmpty else { throw InvalidHTTPTask(errors: draft.errors) }
        do throws(HTTPTaskError) {
            tlsFiles = try TLSFiles(config.tls)
            // Each lane makes its own. This one checks that the files can be used.
            _ = try HTTPTransportSecurity(config, tlsFiles, to: url)
            try HTTPDestination.check(config.sourceAddresses)
        } catch {
            throw InvalidHTTPTask(errors: [error])
        }
        isFixed = renderers.isEmpty && !config.sendsCookies && config.redirects == 0
        fixed = isFixed && config.version == .http1 ? HTTPTaskRequest.encoded(parts) : nil
        closes = draft.closes
        self.url = url
        if !config.unixSocket.isEmpty {
            endpoint = .unixSocket(path: config.unixSocket)
        } else {
            endpoint = HTTPEndpoint(url)
        }
    }

    private static func encoded(_ parts: HTTPRequestParts) -> StableBytes {
        let buffer = HTTPRequestBuffer()
        parts.append(to: buffer)
        return StableBytes(buffer.bytes)
    }
}

extension HTTPEndpoint {
    /// Where a URL's requests go.
    init(_ url: HTTPURL) {
        if let path = url.socketPath {
            self = .unixSocket(path: String(decoding: path, as: UTF8.self))
        } else {
            self = .host(url.host, port: UInt16(clamping: url.port))
        }
    }
}
