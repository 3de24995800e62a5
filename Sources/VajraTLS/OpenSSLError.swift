// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import Glibc

/// An error that OpenSSL has noted on this thread.
struct OpenSSLError {
    let code: UInt

    /// Takes the first error, the innermost one of a cause, and discards the others.
    static func takeFirst() -> OpenSSLError {
        let code = ERR_get_error()
        ERR_clear_error()
        return OpenSSLError(code: code)
    }

    /// Takes the last error, that of the call that has just failed, and discards the others.
    static func takeLast() -> OpenSSLError {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        return OpenSSLError(code: code)
    }

    private var library: Int32 { vajra_error_library(code) }
    private var reason: Int32 { vajra_error_reason(code) }

    private func isTLS(_ reasons: Int32...) -> Bool {
        library == ERR_LIB_SSL && reasons.contains(reason)
    }

    /// The other end is not speaking TLS.
    var isNotTLS: Bool {
        isTLS(SSL_R_WRONG_VERSION_NUMBER, SSL_R_UNKNOWN_PROTOCOL, SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST)
    }

    /// The connection ended without TLS's own goodbye.
    var isUnexpectedEnd: Bool { isTLS(SSL_R_UNEXPECTED_EOF_WHILE_READING) }

    /// This side refused a certificate; the verification's result says which one and why.
    var isVerification: Bool { isTLS(SSL_R_CERTIFICATE_VERIFY_FAILED) }

    /// The number of the alert with which the other end gave up (RFC 8446 6.2); nil when there was no alert.
    var alert: Int32? {
        guard library == ERR_LIB_SSL, (1000...1255).contains(reason) else { return nil }
        return reason - SSL_AD_REASON_OFFSET
    }

    var isMismatchedKey: Bool {
        library == ERR_LIB_X509 && (reason == X509_R_KEY_VALUES_MISMATCH || reason == X509_R_KEY_TYPE_MISMATCH)
    }

    /// What OpenSSL calls it.
    var text: String {
        guard code != 0 else { return "unknown error" }
        if vajra_error_is_system(code) != 0 { return String(cString: strerror(reason)) }
        guard let reason = ERR_reason_error_string(code) else { return "error \(String(code, radix: 16))" }
        return String(cString: reason)
    }
}
