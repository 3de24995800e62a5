// SPDX-License-Identifier: Apache-2.0

/// Why a TLS session could not be made, or broke.
package struct TLSFailure: Error, Sendable, Equatable {
    /// The causes that can be told apart.
    package enum Cause: Sendable, Equatable {
        /// The server's certificate, or one above it, has expired.
        case expired
        /// The server's certificate, or one above it, is not valid yet.
        case notYetValid
        /// The server's certificate is signed by nobody but itself.
        case selfSigned
        /// The certificate is for other names than the one asked for.
        case wrongHost
        /// The certificate leads to no authority that is trusted.
        case unknownCA
        /// The certificate is not valid for another reason.
        case invalidCertificate
        /// The server wants a client certificate, or another one than it got.
        case clientCertificate
        /// The server speaks none of the protocols that were offered (ALPN).
        case noProtocol
        /// The handshake failed before any of this: no common version, no TLS at the other end, its end.
        case handshake
        /// A record of an established session is damaged, or the server ended the session with an alert.
        case broken
        /// A system call failed with this `errno`.
        case system(Int32)
    }

    package let cause: Cause
    /// The cause in OpenSSL's words, and the remedy where there is one.
    package let message: String
}
