// SPDX-License-Identifier: Apache-2.0

import CNghttp2
import Glibc
import VajraHTTP

/// The client's side of one HTTP/2 connection (RFC 9113), by nghttp2: bytes in, ends of streams and bytes out. No I/O.
///
/// Use: ``submit(_:on:)`` for each request, ``receive(_:)`` for the bytes that came, and after either ``write(_:)``
/// until it has nothing more. For one thread only.
package final class HTTP2Session {
    /// How many bytes of one response, and of all together, a server may send ahead. The windows are so large that the
    /// generator never holds a server up. An update is sent when half is used.
    private static let streamWindow: Int32 = 16 << 20
    private static let connectionWindow: Int32 = 1 << 30

    @exclusivity(unchecked) private var handle: OpaquePointer!
    @exclusivity(unchecked) var streams: [HTTP2Stream] = []

    /// Whether the server's SETTINGS have come; they must come first (RFC 9113 3.4).
    @exclusivity(unchecked) package internal(set) var hasSettings = false
    /// Whether the server has announced that it will close the connection; nothing new may begin.
    @exclusivity(unchecked) package internal(set) var isGoingAway = false
    @exclusivity(unchecked) var lastProcessed: Int32 = .max
    /// nghttp2's number of the rule that the server broke last; 0 for none.
    @exclusivity(unchecked) var brokenRule: Int32 = 0

    /// Why the connection cannot go on; nil while it can.
    @exclusivity(unchecked) package private(set) var failure: String?

    package init() {
        var callbacks: OpaquePointer?
        nghttp2_session_callbacks_new(&callbacks)
        defer { nghttp2_session_callbacks_del(callbacks) }
        HTTP2Callbacks.set(callbacks)
        var options: OpaquePointer?
        nghttp2_option_new(&options)
        defer { nghttp2_option_del(options) }
        // A client needs no priorities of closed streams, and each costs memory.
        nghttp2_option_set_no_closed_streams(options, 1)
        nghttp2_session_client_new2(&handle, callbacks, Unmanaged.passUnretained(self).toOpaque(), options)
        var settings = [
            nghttp2_settings_entry(settings_id: Int32(NGHTTP2_SETTINGS_ENABLE_PUSH.rawValue), value: 0),
            nghttp2_settings_entry(
                settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue), value: UInt32(Self.streamWindow)),
        ]
        nghttp2_submit_settings(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), &settings, settings.count)
        nghttp2_session_set_local_window_size(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), 0, Self.connectionWindow)
    }

    deinit {
        nghttp2_session_del(handle)
    }

    // MARK: Streams

    package var active: Int { streams.count }

    /// How many streams the server allows at once; 100 until it says (RFC 9113 6.5.2 recommends no fewer).
    package var mostStreams: Int {
        guard hasSettings else { return 100 }
        return Int(nghttp2_session_get_remote_settings(handle, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS))
    }

    /// Whether a stream can begin: the server is not going away, and stream numbers are left.
    package var takesStreams: Bool {
        !isGoingAway && nghttp2_session_get_next_stream_id(handle) < UInt32(Int32.max) - 1
    }

    /// Begins a stream; reset it before. The request must live until the stream has ended.
    package func submit(_ request: HTTP2Request, on stream: HTTP2Stream) {
        stream.unsentBody = request.body
        let data = Unmanaged.passUnretained(stream).toOpaque()
        if request.body.isEmpty {
            stream.number = nghttp2_submit_request(
                handle, nil, request.fields.baseAddress, request.fields.count, nil, data)
        } else {
            var provider = nghttp2_data_provider(
                source: nghttp2_data_source(ptr: nil), read_callback: HTTP2Callbacks.readBody)
            stream.number = nghttp2_submit_request(
                handle, nil, request.fields.baseAddress, request.fields.count, &provider, data)
        }
        precondition(stream.number > 0, "nghttp2: \(String(cString: nghttp2_strerror(stream.number)))")
        stream.index = streams.count
        streams.append(stream)
    }

    /// Gives a stream up. It tells the server (RST_STREAM with CANCEL), and not the stream's owner.
    package func cancel(_ stream: HTTP2Stream) {
        guard stream.number > 0 else { return }
        forget(stream, code: NGHTTP2_CANCEL.rawValue)
    }

    /// Detaches a stream that nghttp2 may still have to close.
    func forget(_ stream: HTTP2Stream, code: UInt32) {
        nghttp2_session_set_stream_user_data(handle, stream.number, nil)
        nghttp2_submit_rst_stream(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream.number, code)
        remove(stream)
    }

    func remove(_ stream: HTTP2Stream) {
        let last = streams.removeLast()
        if last !== stream {
            streams[stream.index] = last
            last.index = stream.index
        }
        stream.number = 0
    }

    func finish(_ stream: HTTP2Stream, _ end: HTTP2StreamEnd) {
        remove(stream)
        stream.owner?.finished(end)
    }

    /// The connection has ended, and so has every stream. A stream whose response is whole has ended well, even if the
    /// last part of its request was not sent.
    package func end(_ end: HTTP2StreamEnd) {
        while let stream = streams.last { finish(stream, stream.hasEnded ? stream.wholeEnd : end) }
    }

    /// The code and words of the server's GOAWAY.
    @exclusivity(unchecked) package internal(set) var goAwayReason = ""

    /// REFUSED_STREAM: the server has not looked at the request.
    package static let refusedStream = NGHTTP2_REFUSED_STREAM.rawValue

    /// The code's name in RFC 9113 7.
    package static func name(ofCode code: UInt32) -> String {
        String(cString: nghttp2_http2_strerror(code))
    }

    // MARK: Bytes

    /// Takes the bytes that came. If the server breaks a rule, the session answers with a GOAWAY, and sets ``failure``
    /// once that is written.
    package func receive(_ bytes: UnsafeRawBufferPointer) {
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let used = nghttp2_session_mem_recv(handle, start, bytes.count)
        if used < 0 { failure = String(cString: nghttp2_strerror(Int32(used))) }
    }

    /// This side's GOAWAY has been written.
    func gaveUp(_ code: UInt32) {
        guard code != NGHTTP2_NO_ERROR.rawValue else { return }
        failure = String(cString: brokenRule != 0 ? nghttp2_strerror(brokenRule) : nghttp2_http2_strerror(code))
    }

    /// Whether there is something to write.
    package var wantsWrite: Bool { nghttp2_session_want_write(handle) != 0 }

    /// Appends frames to send, until the buffer has about `limit` bytes; false when there are no more.
    package func write(_ buffer: HTTP2WriteBuffer, upTo limit: Int) -> Bool {
        while buffer.count < limit {
            var start: UnsafePointer<UInt8>?
            let count = nghttp2_session_mem_send(handle, &start)
            guard count > 0, let start else { return false }
            buffer.append(UnsafeRawBufferPointer(start: start, count: count))
        }
        return true
    }

    /// Ends the connection with a GOAWAY, which the next write sends last.
    package func terminate() {
        nghttp2_session_terminate_session(handle, NGHTTP2_NO_ERROR.rawValue)
    }
}
