// SPDX-License-Identifier: Apache-2.0

/// Why a message cannot be put on the wire; offsets are bytes within the part named.
package enum HTTPEncodeError: Error, Equatable, Sendable {
    /// The method is empty or holds a byte outside RFC 9110's token.
    case badMethod(String, at: Int)
    /// CONNECT, which opens a tunnel instead of asking for a response.
    case connectUnsupported
    /// The target is empty or holds a byte outside visible ASCII.
    case badTarget(String, at: Int)
    /// A field name is empty or holds a byte outside RFC 9110's token.
    case badFieldName(String, at: Int)
    /// A field value holds a control character, among them CR, LF and NUL.
    case badFieldValue(name: String, at: Int)
    /// A field that may be sent only once is given twice.
    case repeatedField(String)
    /// A given Content-Length that is not the length of the body.
    case contentLengthMismatch(given: String, body: Int)
    /// A given Transfer-Encoding; bodies are sent with Content-Length only.
    case transferEncodingUnsupported
    /// A response status outside 100...599.
    case statusOutOfRange(Int)
    /// A reason phrase holds a control character.
    case badReason(at: Int)
}

extension HTTPEncodeError: CustomStringConvertible {
    /// One line: the place, the cause and the remedy.
    package var description: String {
        switch self {
        case .badMethod(let method, let at):
            "method \"\(method)\", byte \(at): not a token; write letters such as GET or POST"
        case .connectUnsupported: "method CONNECT opens a tunnel and cannot be used here; use GET, POST, …"
        case .badTarget(let target, let at):
            "target \"\(target)\", byte \(at): not visible ASCII; percent-encode spaces and other characters"
        case .badFieldName(let name, let at):
            "header name \"\(name)\", byte \(at): not a token; use letters, digits and - only, without the colon"
        case .badFieldValue(let name, let at):
            "header \(name), value byte \(at): control character; remove it, line breaks cannot be sent"
        case .repeatedField(let name): "header \(name) is given twice; give it once"
        case .contentLengthMismatch(let given, let body):
            "header Content-Length is \(given) but the body has \(body) bytes; leave it out, it is added"
        case .transferEncodingUnsupported:
            "header Transfer-Encoding cannot be given; bodies are sent with Content-Length"
        case .statusOutOfRange(let status): "status \(status) is outside 100...599"
        case .badReason(let at): "reason phrase, byte \(at): control character; remove it"
        }
    }
}
