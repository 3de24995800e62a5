// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraHTTP2

/// Where a connection that is ready gets the request from that it is to carry.
protocol HTTPRequestSource: AnyObject {
    /// The request over HTTP/1.1.
    func http1() -> HTTP1Request
    /// The request over HTTP/2.
    func http2() -> HTTP2Request
}

/// A request as HTTP/1.1 has it.
struct HTTP1Request {
    /// All of it, valid until the exchange has ended, or only until something else is sent.
    let bytes: UnsafeRawBufferPointer
    let isShortLived: Bool
    /// Whether its response has no body (HEAD).
    let isHead: Bool
}

/// The same request for every iteration.
final class HTTPFixedRequest: HTTPRequestSource, Sendable {
    private let bytes: StableBytes?
    private let isHead: Bool
    private let request: HTTP2Request?

    /// - Precondition: The request is a fixed one.
    init(_ request: HTTPTaskRequest, _ client: HTTPClient, isHead: Bool, isSecure: Bool) {
        self.isHead = isHead
        bytes = request.fixed
        switch client {
        case .http1: self.request = nil
        case .http2: self.request = HTTP2Request(request.parts, isSecure: isSecure)
        }
    }

    func http1() -> HTTP1Request {
        guard let bytes else { preconditionFailure("a request that is not fixed") }
        return HTTP1Request(bytes: bytes.bytes, isShortLived: false, isHead: isHead)
    }

    func http2() -> HTTP2Request {
        guard let request else { preconditionFailure("a request of HTTP/2 over HTTP/1.1") }
        return request
    }
}
