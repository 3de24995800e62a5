// SPDX-License-Identifier: Apache-2.0

package import VajraHTTP

/// How a stream has ended.
package enum HTTP2StreamEnd: Sendable, Equatable {
    /// The response is complete.
    case complete
    /// The server ended it with a RST_STREAM of this code (RFC 9113 7).
    case reset(UInt32)
    /// The server will close the connection, and has not processed the request (GOAWAY).
    case notProcessed
    /// The response breaks the rules of HTTP.
    case malformed
    /// The connection has ended, as ``HTTP2Session/end(_:)`` was told.
    case connectionEnded
}

/// Who is told of a stream's end.
package protocol HTTP2StreamOwner: AnyObject {
    /// The stream has ended, and its session has let it go: it may be used again at once.
    func finished(_ end: HTTP2StreamEnd)
}

/// One request and its response; reused for one exchange after the other. For the thread of its session only.
package final class HTTP2Stream {
    /// Who is told of the end; lives as long as the stream is in use.
    @exclusivity(unchecked) package unowned(unsafe) var owner: (any HTTP2StreamOwner)?

    /// The stream's number on its connection; 0 while it is not in use.
    @exclusivity(unchecked) package internal(set) var number: Int32 = 0
    /// The response's status, of the final head; 0 before it.
    @exclusivity(unchecked) package internal(set) var status = 0
    /// Bytes of body so far.
    @exclusivity(unchecked) package internal(set) var bodyBytes = 0
    /// Bytes of frames sent and received for it, heads compressed.
    @exclusivity(unchecked) package internal(set) var bytesSent = 0
    @exclusivity(unchecked) package internal(set) var bytesReceived = 0

    /// The values of the watched headers.
    @exclusivity(unchecked) package internal(set) var fields: WatchedFields
    @exclusivity(unchecked) var search: BodySearch?
    /// Whether the final head has been read: what follows are trailers.
    @exclusivity(unchecked) var isHeadComplete = false
    /// The result of a response that was read to its end; a status below 100 makes it malformed.
    var wholeEnd: HTTP2StreamEnd { status < 100 ? .malformed : .complete }
    /// Whether the response has been read to its end.
    @exclusivity(unchecked) var hasEnded = false
    /// What is left of the request's body.
    @exclusivity(unchecked) var unsentBody = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Its index among its session's streams.
    @exclusivity(unchecked) var index = 0

    /// - Parameter watchedHeaders: The names of the headers whose values are kept.
    package init(watchedHeaders: [String], search: BodySearch?) {
        fields = WatchedFields(watchedHeaders)
        self.search = search
    }

    /// Whether the body contained the searched text; true without a search.
    package var bodyMatched: Bool { search?.isFound ?? true }

    /// Whether anything of the response has come.
    package var hasReceivedAnything: Bool { bytesReceived > 0 }

    /// Forgets the last exchange.
    package func reset() {
        status = 0
        bodyBytes = 0
        bytesSent = 0
        bytesReceived = 0
        isHeadComplete = false
        hasEnded = false
        fields.reset()
        search?.reset()
    }
}
