// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraTemplate

/// Makes the requests of one lane, in memory that it reuses.
///
/// A request is valid until the next one is made, so it must be sent before the lane does anything else.
final class HTTPRequestRenderer {
    private let original: HTTPRequestParts
    private let renderers: [(place: HTTPTaskRequest.Place, renderer: TemplateRenderer)]
    @exclusivity(unchecked) private var parts: HTTPRequestParts
    private let buffer = HTTPRequestBuffer()
    /// Whether a value of the iteration in the last request asks for the connection's end.
    @exclusivity(unchecked) private(set) var closes = false
    /// The index of the user's own Cookie field, if any; the jar's cookies are added to it.
    private let cookieIndex: Int?

    init(_ request: HTTPTaskRequest) {
        original = request.parts
        parts = request.parts
        renderers = request.renderers
        cookieIndex = request.parts.fields.firstIndex { $0.isNamed("cookie") }
    }

    /// The target of an iteration's request before any redirect.
    func target(_ index: UInt64) -> [UInt8] {
        render(index)
        return parts.target
    }

    /// Gives `use` the request of an iteration, after the redirects so far. `addCookies` appends the cookies for the
    /// target to the output.
    func request<Result>(
        _ index: UInt64, _ redirection: HTTPRedirection?, addCookies: (_ target: [UInt8], inout [UInt8]) -> Void,
        _ use: (HTTPRequestParts) -> Result
    ) -> Result {
        render(index)
        if let redirection, redirection.count > 0 {
            // Redirects are rare, so they may allocate; the reused parts stay unchanged.
            var redirected = parts
            redirected.redirect(redirection)
            let own = redirected.fields.firstIndex { $0.isNamed("cookie") }
            Self.add(addCookies, to: &redirected, own)
            return use(redirected)
        }
        Self.add(addCookies, to: &parts, cookieIndex)
        return use(parts)
    }

    /// The request as HTTP/1.1.
    func encoded(_ parts: HTTPRequestParts) -> UnsafeRawBufferPointer {
        buffer.clear()
        parts.append(to: buffer)
        return buffer.bytes
    }

    private static func add(
        _ addCookies: (_ target: [UInt8], inout [UInt8]) -> Void, to parts: inout HTTPRequestParts, _ own: Int?
    ) {
        if let own {
            addCookies(parts.target, &parts.fields[own].value)
        } else {
            addCookies(parts.target, &parts.cookies)
        }
    }

    private func render(_ index: UInt64) {
        parts.cookies.removeAll(keepingCapacity: true)
        if let cookieIndex { parts.fields[cookieIndex].value = original.fields[cookieIndex].value }
        closes = false
        for part in renderers.indices {
            switch renderers[part].place {
            case .target:
                parts.target.removeAll(keepingCapacity: true)
                renderers[part].renderer.append(index, to: &parts.target)
            case .field(let field): render(index, part, field)
            case .connection(let field):
                render(index, part, field)
                closes = closes || ProtocolField.closes(parts.fields[field].value)
            case .body:
                parts.body.removeAll(keepingCapacity: true)
                renderers[part].renderer.append(index, to: &parts.body)
            }
        }
    }

    @inline(__always)
    private func render(_ index: UInt64, _ part: Int, _ field: Int) {
        parts.fields[field].value.removeAll(keepingCapacity: true)
        renderers[part].renderer.append(index, to: &parts.fields[field].value)
    }
}
