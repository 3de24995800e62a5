// SPDX-License-Identifier: Apache-2.0

/// Why an iteration failed, as one short word. Reports count failures by kind.
///
/// The built-in kinds are below. A task may name its own, of up to 64 characters `a-z 0-9 _`. A task can throw a
/// `FailureKind` from ``TaskLifecycle/execute(_:)``.
public struct FailureKind: Error, RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    /// The word itself, as it stands in the `failures` of the stream.
    public let rawValue: String

    /// A kind of the given name, in lower case; each byte other than `a-z 0-9 _` becomes `_`, and 64 are kept.
    public init(rawValue: String) {
        let isPlain = rawValue.utf8.count <= 64 && rawValue.utf8.allSatisfy(FailureKind.isAllowed)
        self.rawValue = isPlain && !rawValue.isEmpty ? rawValue : FailureKind.sanitized(rawValue)
    }

    /// A kind from a literal.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func sanitized(_ text: String) -> String {
        let bytes = text.lowercased().utf8.prefix(64).map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
        return bytes.isEmpty ? "unnamed" : String(decoding: bytes, as: UTF8.self)
    }
}

extension FailureKind {
    /// The task threw an error that is not itself a failure kind.
    public static let thrown: FailureKind = "thrown"
    /// No answer within the time that the task allows.
    public static let timeout: FailureKind = "timeout"
    /// The connection was not established within the time that the task allows.
    public static let connectTimeout: FailureKind = "connect_timeout"
    /// The target refused the connection.
    public static let refused: FailureKind = "refused"
    /// No route to the target's host or network.
    public static let unreachable: FailureKind = "unreachable"
    /// The target's name could not be resolved.
    public static let dns: FailureKind = "dns"
    /// The connection was reset while a response was awaited.
    public static let reset: FailureKind = "reset"
    /// The connection was closed before a complete response head.
    public static let closed: FailureKind = "closed"
    /// The connection was closed before the end of the response body.
    public static let shortBody: FailureKind = "short_body"
    /// The response is not valid HTTP.
    public static let malformedResponse: FailureKind = "malformed_response"
    /// The response status is not one of those expected.
    public static let status: FailureKind = "status"
    /// The response body does not contain what was expected.
    public static let body: FailureKind = "body"
    /// A response header does not have the expected value.
    public static let header: FailureKind = "header"
    /// The server's certificate, or one above it, has expired.
    public static let certificateExpired: FailureKind = "certificate_expired"
    /// The server's certificate, or one above it, is not valid yet.
    public static let certificateNotYetValid: FailureKind = "certificate_not_yet_valid"
    /// The server's certificate is signed by nobody but itself, and is not trusted.
    public static let certificateSelfSigned: FailureKind = "certificate_self_signed"
    /// The server's certificate is for another host.
    public static let certificateHost: FailureKind = "certificate_host"
    /// The server's certificate leads to no authority that is trusted.
    public static let certificateUnknownCA: FailureKind = "certificate_unknown_ca"
    /// The server's certificate is not valid for another reason; the message names it.
    public static let certificateInvalid: FailureKind = "certificate_invalid"
    /// The server wants a client certificate, or another one.
    public static let clientCertificate: FailureKind = "client_certificate"
    /// The TLS handshake failed before a certificate was in question; the message says why.
    public static let tlsHandshake: FailureKind = "tls_handshake"
    /// An established TLS session broke; the message says how.
    public static let tls: FailureKind = "tls"
    /// The server does not speak HTTP/2.
    public static let http2Unsupported: FailureKind = "http2_unsupported"
    /// The server broke a rule of HTTP/2; the message names it.
    public static let http2Protocol: FailureKind = "http2_protocol"
    /// The server refused the stream before it looked at the request (RST_STREAM with REFUSED_STREAM).
    public static let streamRefused: FailureKind = "stream_refused"
    /// The server ended the stream by a RST_STREAM; the message names its code.
    public static let streamReset: FailureKind = "stream_reset"
    /// The server was closing the connection, and has not looked at the request (GOAWAY).
    public static let goAway: FailureKind = "goaway"
    /// A redirect could not be followed.
    public static let redirect: FailureKind = "redirect"
    /// There were more redirects than may be followed.
    public static let redirectLimit: FailureKind = "redirect_limit"
    /// No local port or address was left to connect from.
    public static let addressExhausted: FailureKind = "address_exhausted"
    /// The process's limit on open files was reached (`ulimit -n`).
    public static let fileLimit: FailureKind = "file_limit"
    /// The system had no memory left for the iteration.
    public static let memoryLimit: FailureKind = "memory_limit"
    /// The system let the user start no more processes or threads (`ulimit -u`).
    public static let processLimit: FailureKind = "process_limit"
    /// A socket operation failed for another reason; the message names it.
    public static let network: FailureKind = "network"
    /// A command could not be started.
    public static let spawn: FailureKind = "spawn"
    /// A command ended with a status other than 0.
    public static let exitStatus: FailureKind = "exit_status"
    /// A command was ended by a signal.
    public static let signalled: FailureKind = "signalled"
    /// A co-process ended while it still owed an answer.
    public static let processDied: FailureKind = "process_died"
    /// A co-process answered with something that is not the protocol.
    public static let protocolError: FailureKind = "protocol"
    /// A co-process does not read its input, and too many bytes wait for it already.
    public static let notReading: FailureKind = "not_reading"
}
