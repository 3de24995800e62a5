// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraHTTP
import VajraTLS

/// Why an `http` task cannot be made from its config.
package struct HTTPTaskError: Error, CustomStringConvertible {
    /// The cause and the remedy.
    package let description: String
    /// The keys that lead to what is at fault, from the task's own on.
    package var keys: [String] = []
}

/// The config turned into a request's parts once, and where they go.
struct HTTPTaskRequest {
    let parts: HTTPRequestParts
    let endpoint: HTTPEndpoint
    let security: HTTPTransportSecurity?

    /// The request as HTTP/1.1.
    func encoded() -> StableBytes {
        let buffer = HTTPRequestBuffer()
        parts.append(to: buffer)
        return StableBytes(buffer.bytes)
    }

    /// The request as HTTP/1.1.
    func encoded() -> StableBytes {
        let buffer = HTTPRequestBuffer()
        parts.append(to: buffer)
        return StableBytes(buffer.bytes)
    }

    init(_ config: HTTPTaskConfig, toolVersion: String) throws(HTTPTaskError) {
        let url: HTTPURL
        do throws(HTTPURLError) {
            url = try HTTPURL(config.url)
        } catch {
            throw HTTPTaskError(description: "the url cannot be used: \(error)")
        }
        let request = HTTPRequestEncoder(
            method: config.method, target: url.target, host: url.hostHeader,
            fields: config.headers.map { HTTPField($0.name, $0.value) },
            body: config.body.isEmpty ? nil : Array(config.body.utf8), credentials: url.credentials,
            version: toolVersion)
        do throws(HTTPEncodeError) {
            parts = try request.parts()
        } catch {
            throw HTTPTaskError(description: "the request cannot be written: \(error)")
        }
        security = url.scheme == .https ? try HTTPTransportSecurity(config.tls, host: url.host) : nil
        if !config.unixSocket.isEmpty {
            endpoint = .unixSocket(path: config.unixSocket)
        } else if let path = url.socketPath {
            endpoint = .unixSocket(path: String(decoding: path, as: UTF8.self))
        } else {
            endpoint = .host(url.host, port: UInt16(clamping: url.port))
        }
    }
}
