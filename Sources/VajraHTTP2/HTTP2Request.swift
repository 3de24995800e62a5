// SPDX-License-Identifier: Apache-2.0

import CNghttp2
package import VajraHTTP

/// A request's fields as HTTP/2 sends them, laid out once: pseudo-fields first, names in lower case.
///
///     :method GET   :scheme https   :authority h:8443   :path /x   user-agent …   accept …
package final class HTTP2Request: @unchecked Sendable {
    /// The body; its memory is valid as long as this object.
    package let body: UnsafeRawBufferPointer
    let fields: UnsafeMutableBufferPointer<nghttp2_nv>
    private let memory: UnsafeMutableRawBufferPointer

    /// - Parameters:
    ///   - parts: The request, without what ``ProtocolField`` refuses in HTTP/2.
    ///   - isSecure: Whether the scheme is `https`.
    package init(_ parts: HTTPRequestParts, isSecure: Bool) {
        var pairs: [(name: [UInt8], value: [UInt8])] = [
            (Array(":method".utf8), parts.method), (Array(":scheme".utf8), Array((isSecure ? "https" : "http").utf8)),
            (Array(":authority".utf8), parts.authority), (Array(":path".utf8), parts.target),
        ]
        // :authority replaces Host.
        for (index, field) in parts.fields.enumerated() where index != parts.hostIndex {
            pairs.append((field.name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, field.value))
        }
        if !parts.cookies.isEmpty { pairs.append((Array("cookie".utf8), parts.cookies)) }
        if let length = parts.contentLength { pairs.append((Array("content-length".utf8), Array("\(length)".utf8))) }
        let size = pairs.reduce(parts.body.count) { $0 + $1.name.count + $1.value.count }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, size), alignment: 16)
        var end = 0
        func place(_ bytes: [UInt8]) -> UnsafeMutablePointer<UInt8> {
            let start = memory.baseAddress! + end
            UnsafeMutableRawBufferPointer(rebasing: memory[end...]).copyBytes(from: bytes)
            end += bytes.count
            return start.assumingMemoryBound(to: UInt8.self)
        }
        let flags = UInt8(NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue | NGHTTP2_NV_FLAG_NO_COPY_VALUE.rawValue)
        fields = .allocate(capacity: pairs.count)
        for (index, pair) in pairs.enumerated() {
            let field = nghttp2_nv(
                name: place(pair.name), value: place(pair.value), namelen: pair.name.count, valuelen: pair.value.count,
                flags: flags)
            (fields.baseAddress! + index).initialize(to: field)
        }
        body = UnsafeRawBufferPointer(start: place(parts.body), count: parts.body.count)
        self.memory = memory
    }

    deinit {
        fields.deallocate()
        memory.deallocate()
    }
}
