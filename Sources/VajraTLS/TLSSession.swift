// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import Glibc

/// How far a step of a TLS session came.
package enum TLSStep: Sendable, Equatable {
    /// This many bytes of the application were moved; or the handshake is complete.
    case bytes(Int)
    /// It goes on when the socket can be read.
    case wantsRead
    /// It goes on when the socket can be written.
    case wantsWrite
    /// The other end has finished: clean after a close_notify, not clean when the connection just ended.
    case ended(isClean: Bool)
    /// The session is broken, and can only be freed.
    case failed(TLSFailure)
}

/// One TLS connection on a non-blocking socket. OpenSSL reads and writes the socket itself, so a byte is copied only
/// once, by the decryption. A plain value: the code that made it must free it.
package struct TLSSession: @unchecked Sendable {
    private let handle: OpaquePointer
    /// Whether the handshake has succeeded. OpenSSL cannot tell after a fatal error: it then always says no.
    private var isEstablished = false

    /// A client's session on a connected or connecting socket, which it does not close.
    ///
    /// - Parameter serverName: What the certificate must be for: a name, which is also sent (SNI, RFC 6066 3), or an
    ///   address, which is not.
    package init(_ context: TLSContext, descriptor: Int32, serverName: String) {
        guard let handle = SSL_new(context.handle), SSL_set_fd(handle, descriptor) == 1 else {
            preconditionFailure("OpenSSL: \(OpenSSLError.takeFirst().text)")
        }
        self.handle = handle
        SSL_set_connect_state(handle)
        // Only this machine knows an IPv6 zone, and only the resolver needs a dot at the end.
        var name = String(serverName.prefix { $0 != "%" })
        if name.hasSuffix(".") { name.removeLast() }
        if TLSSession.isAddress(name) {
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(handle), name)
        } else {
            SSL_set_hostflags(handle, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
            SSL_set1_host(handle, name)
            _ = vajra_ssl_set_server_name(handle, name)
        }
        context.resume(on: handle)
    }

    private static func isAddress(_ text: String) -> Bool {
        var storage = in6_addr()
        return inet_pton(AF_INET, text, &storage) == 1 || inet_pton(AF_INET6, text, &storage) == 1
    }

    // MARK: Steps

    /// Takes the handshake as far as it goes now.
    package mutating func handshake() -> TLSStep {
        ERR_clear_error()
        let result = SSL_do_handshake(handle)
        isEstablished = result == 1
        return isEstablished ? .bytes(0) : explained(result)
    }

    /// Reads what has arrived, up to the buffer's size; several records take several calls.
    @inline(__always)
    package func read(into buffer: UnsafeMutableRawBufferPointer) -> TLSStep {
        let count = SSL_read(handle, buffer.baseAddress, Int32(truncatingIfNeeded: buffer.count))
        return count > 0 ? .bytes(Int(count)) : explained(count)
    }

    /// Writes as much as fits; after less than everything, call again with the rest.
    @inline(__always)
    package func write(_ bytes: UnsafeRawBufferPointer) -> TLSStep {
        let count = SSL_write(handle, bytes.baseAddress, Int32(clamping: bytes.count))
        return count > 0 ? .bytes(Int(count)) : explained(count)
    }

    /// Whether OpenSSL holds bytes that ``read(into:)`` has not returned yet. The socket's readiness does not show
    /// them.
    @inline(__always)
    package var hasBuffered: Bool { SSL_has_pending(handle) == 1 }

    /// Whether an earlier session was resumed.
    package var isResumed: Bool { SSL_session_reused(handle) == 1 }

    /// The protocol that the server chose from the offer; empty when it chose none.
    package var selectedProtocol: String {
        var bytes: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(handle, &bytes, &count)
        return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    }

    /// Sends close_notify if that needs no waiting: without it the session cannot be resumed.
    package func shutDown() {
        guard SSL_is_init_finished(handle) == 1 else { return }
        _ = SSL_shutdown(handle)
        ERR_clear_error()
    }

    /// Frees the session; the socket stays open.
    package func free() {
        SSL_free(handle)
    }

    // MARK: Failures

    @inline(never)
    private func explained(_ result: Int32) -> TLSStep {
        let code = errno
        // Not `SSL_get_error`: it takes any error noted on this thread as its own, so every call would have to clear
        // the errors first, at about 250 instructions.
        switch vajra_ssl_waits(handle) {
        case 1: return .wantsRead
        case 2: return .wantsWrite
        default: break
        }
        if SSL_get_shutdown(handle) & SSL_RECEIVED_SHUTDOWN != 0, ERR_peek_error() == 0 { return .ended(isClean: true) }
        if ERR_peek_error() == 0, code != 0, result < 0 {
            return .failed(TLSFailure(cause: .system(code), message: String(cString: strerror(code))))
        }
        return explained(OpenSSLError.takeLast())
    }

    private func explained(_ error: OpenSSLError) -> TLSStep {
        if error.isUnexpectedEnd || error.code == 0 {
            guard !isEstablished else { return .ended(isClean: false) }
            return .failed(TLSFailure(cause: .handshake, message: "the server closed the connection"))
        }
        if !isEstablished, error.isVerification { return .failed(refusal(SSL_get_verify_result(handle))) }
        if !isEstablished, error.isNotTLS {
            return .failed(TLSFailure(cause: .handshake, message: "\(error.text): the server does not speak TLS here"))
        }
        if error.alert == TLSSession.alertAboutProtocols {
            return .failed(TLSFailure(cause: .noProtocol, message: error.text))
        }
        if let alert = error.alert, TLSSession.alertsAboutClient.contains(alert) {
            let remedy = "the server wants a client certificate, or another one"
            return .failed(TLSFailure(cause: .clientCertificate, message: "\(error.text): \(remedy)"))
        }
        return .failed(TLSFailure(cause: isEstablished ? .broken : .handshake, message: error.text))
    }

    /// The alerts of a server about its client's certificate (RFC 8446 6.2): bad_certificate, unsupported_certificate,
    /// certificate_revoked, certificate_expired, certificate_unknown, unknown_ca, certificate_required.
    private static let alertsAboutClient: [Int32] = [42, 43, 44, 45, 46, 48, 116]

    /// no_application_protocol (RFC 7301 3.2).
    private static let alertAboutProtocols: Int32 = 120

    private func refusal(_ result: Int) -> TLSFailure {
        let cause: TLSFailure.Cause =
            switch Int32(truncatingIfNeeded: result) {
            case X509_V_ERR_CERT_HAS_EXPIRED: .expired
            case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
            case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: .selfSigned
            case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: .wrongHost
            case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
                X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
                X509_V_ERR_CERT_UNTRUSTED:
                .unknownCA
            default: .invalidCertificate
            }
        return TLSFailure(cause: cause, message: String(cString: X509_verify_cert_error_string(result)))
    }
}
