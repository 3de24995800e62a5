// SPDX-License-Identifier: Apache-2.0

import CNghttp2
import Glibc
import VajraHTTP

/// The C functions that nghttp2 calls while it reads and writes; they get the session and its streams as pointers.
enum HTTP2Callbacks {
    static func set(_ callbacks: OpaquePointer?) {
        nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader)
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData)
        nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrameReceived)
        nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, onFrameSent)
        nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onStreamClosed)
        nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, onInvalidFrame)
    }

    /// Nil once the stream has been given up.
    @inline(__always)
    private static func stream(_ handle: OpaquePointer?, _ number: Int32) -> HTTP2Stream? {
        guard number > 0, let data = nghttp2_session_get_stream_user_data(handle, number) else { return nil }
        return Unmanaged<HTTP2Stream>.fromOpaque(data).takeUnretainedValue()
    }

    private static let onHeader: nghttp2_on_header_callback = {
        handle, frame, name, nameCount, value, valueCount, _, _ in
        guard let frame, let name, let value, let stream = stream(handle, frame.pointee.hd.stream_id),
            !stream.isHeadComplete
        else { return 0 }
        if nameCount == 7, name[0] == UInt8(ascii: ":") {
            // The only pseudo-field of a response, ":status", which nghttp2 has checked: three digits.
            stream.status = (Int(value[0]) &* 10 &+ Int(value[1])) &* 10 &+ Int(value[2]) &- 111 &* 0x30
            stream.fields.reset()
        } else if stream.fields.mayHave(nameLength: nameCount) {
            stream.fields.read(
                name: UnsafeRawBufferPointer(start: name, count: nameCount),
                value: UnsafeRawBufferPointer(start: value, count: valueCount))
        }
        return 0
    }

    private static let onData: nghttp2_on_data_chunk_recv_callback = { handle, _, number, bytes, count, _ in
        guard let stream = stream(handle, number) else { return 0 }
        stream.bodyBytes += count
        if stream.search != nil { stream.search?.consume(UnsafeRawBufferPointer(start: bytes, count: count)) }
        return 0
    }

    private static let onFrameReceived: nghttp2_on_frame_recv_callback = { handle, frame, context in
        guard let frame, let context else { return 0 }
        let session = Unmanaged<HTTP2Session>.fromOpaque(context)
        switch vajra_frame_type(frame) {
        case Int32(NGHTTP2_HEADERS.rawValue):
            guard let stream = stream(handle, frame.pointee.hd.stream_id) else { return 0 }
            if stream.status >= 200 { stream.isHeadComplete = true }
            received(frame, stream, session)
        case Int32(NGHTTP2_DATA.rawValue):
            guard let stream = stream(handle, frame.pointee.hd.stream_id) else { return 0 }
            received(frame, stream, session)
        case Int32(NGHTTP2_SETTINGS.rawValue):
            session._withUnsafeGuaranteedRef { $0.hasSettings = true }
        case Int32(NGHTTP2_GOAWAY.rawValue):
            session._withUnsafeGuaranteedRef {
                $0.isGoingAway = true
                $0.lastProcessed = frame.pointee.goaway.last_stream_id
                $0.goAwayReason = HTTP2Session.name(ofCode: frame.pointee.goaway.error_code)
            }
        default: break
        }
        return 0
    }

    private static func received(
        _ frame: UnsafePointer<nghttp2_frame>, _ stream: HTTP2Stream, _ session: Unmanaged<HTTP2Session>
    ) {
        stream.bytesReceived += vajra_frame_size(frame)
        guard vajra_frame_ends_stream(frame) != 0 else { return }
        stream.hasEnded = true
        // The response has come before the whole body was sent: the server does not want the rest (RFC 9113 8.1).
        guard !stream.unsentBody.isEmpty else { return }
        session._withUnsafeGuaranteedRef {
            $0.forget(stream, code: NGHTTP2_NO_ERROR.rawValue)
            stream.owner?.finished(stream.wholeEnd)
        }
    }

    private static let onFrameSent: nghttp2_on_frame_send_callback = { handle, frame, context in
        guard let frame, let context else { return 0 }
        if let stream = stream(handle, frame.pointee.hd.stream_id) {
            stream.bytesSent += vajra_frame_size(frame)
        } else if vajra_frame_type(frame) == Int32(NGHTTP2_GOAWAY.rawValue) {
            // This side sends it: nghttp2 answers a broken rule, or ``HTTP2Session/terminate()`` ends without an error.
            let code = frame.pointee.goaway.error_code
            Unmanaged<HTTP2Session>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.gaveUp(code) }
        }
        return 0
    }

    private static let onInvalidFrame: nghttp2_on_invalid_frame_recv_callback = { _, _, code, context in
        guard let context else { return 0 }
        Unmanaged<HTTP2Session>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.brokenRule = code }
        return 0
    }

    private static let onStreamClosed: nghttp2_on_stream_close_callback = { handle, number, code, context in
        guard let context, let stream = stream(handle, number) else { return 0 }
        Unmanaged<HTTP2Session>.fromOpaque(context)._withUnsafeGuaranteedRef { session in
            let end: HTTP2StreamEnd
            if stream.hasEnded {
                end = stream.wholeEnd
            } else if session.isGoingAway, number > session.lastProcessed {
                end = .notProcessed
            } else {
                // nghttp2 itself resets a stream whose fields or length are wrong.
                end = code == NGHTTP2_PROTOCOL_ERROR.rawValue ? .malformed : .reset(code)
            }
            session.finish(stream, end)
        }
        return 0
    }

    static let readBody: nghttp2_data_source_read_callback = { handle, number, buffer, room, flags, _, _ in
        guard let buffer, let flags, let stream = stream(handle, number) else {
            return Int(NGHTTP2_ERR_DEFERRED.rawValue)  // Given up: nghttp2 resets the stream before it asks again.
        }
        let count = min(room, stream.unsentBody.count)
        if count > 0, let base = stream.unsentBody.baseAddress { memcpy(buffer, base, count) }
        stream.unsentBody = UnsafeRawBufferPointer(rebasing: stream.unsentBody.dropFirst(count))
        if stream.unsentBody.isEmpty { flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue }
        return count
    }
}
