// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraHTTP2

/// Gives a connection that is ready the request to carry.
protocol HTTPRequestSource: AnyObject {
    /// The request over HTTP/1.1.
    func http1() -> HTTP1Request
    /// The request over HTTP/2.
    func http2() -> HTTP2Request
}

/// A request as HTTP/1.1 has it.
struct HTTP1Request {
    /// The whole request; valid until the exchange has ended, or only until something else is sent.
    let bytes: UnsafeRawBufferPointer
    let isShortLived: Bool
    /// Whether its response has no body (HEAD).
    let isHead: Bool
}

/// The same request for every iteration of a lane.
final class HTTPFixedRequest: HTTPRequestSource, Sendable {
    private enum Form: Sendable {
        case http1(StableBytes, isHead: Bool)
        case http2(HTTP2Request)
    }

    private let form: Form

    /// - Precondition: The request is a fixed one.
    init(_ request: HTTPTaskRequest, isHead: Bool, isSecure: Bool) {
        if let bytes = request.fixed {
            form = .http1(bytes, isHead: isHead)
        } else {
            form = .http2(HTTP2Request(request.parts, isSecure: isSecure))
        }
    }

    func http1() -> HTTP1Request {
        guard case .http1(let bytes, let isHead) = form else {
            preconditionFailure("a request of HTTP/2 over HTTP/1.1")
        }
        return HTTP1Request(bytes: bytes.bytes, isShortLived: false, isHead: isHead)
    }

    func http2() -> HTTP2Request {
        guard case .http2(let request) = form else { preconditionFailure("a request of HTTP/1.1 over HTTP/2") }
        return request
    }
}
