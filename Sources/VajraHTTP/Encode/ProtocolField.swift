// SPDX-License-Identifier: Apache-2.0

// The user's headers that say how the connection or the message works, and what becomes of them:
//
//     field                HTTP/1.1                                 HTTP/2
//     Connection           sent; close: the connection ends         refused
//     Keep-Alive, Proxy-Connection, Upgrade                sent     refused
//     TE                   sent                                     sent if it is "trailers", else refused
//     Expect               refused if it is 100-continue            the same
//     Transfer-Encoding    refused                                  refused
//     Content-Length       sent if it is the body's, else refused   the same
//     Host                 sent instead of the URL's                :authority; refused if it is empty

/// Decides whether a header that says how the connection or the message works can be sent.
package enum ProtocolField {
    /// Why a header cannot be sent.
    package struct Refusal: Error, Equatable, Sendable {
        /// The cause, as a phrase that follows the header's name.
        package let cause: String
        /// The remedy, as a phrase.
        package let remedy: String
    }

    /// Refuses a header that would not be true of the message or the connection.
    ///
    /// - Parameter value: Its value; nil for a value that differs from iteration to iteration.
    package static func check(_ name: String, _ value: String?, isHTTP2: Bool) throws(Refusal) {
        let name = String(decoding: name.utf8.map(ASCII.lowercased), as: UTF8.self)
        if name == "expect" { try checkExpect(value) }
        guard isHTTP2 else { return }
        switch name {
        case "connection":
            throw Refusal(
                cause: forbidden, remedy: "leave it out; without keep-alive each request has its own connection")
        case "keep-alive", "proxy-connection", "transfer-encoding", "upgrade":
            throw Refusal(cause: forbidden, remedy: "leave it out")
        case "te" where value.map { !ASCII.isWord(ASCII.trimmed($0.utf8), "trailers") } ?? true:
            throw Refusal(cause: "may be nothing but trailers in HTTP/2 (RFC 9113 8.2.2)", remedy: "write TE: trailers")
        case "host" where value.map { ASCII.trimmed($0.utf8).isEmpty } == true:
            throw Refusal(cause: "is empty, which HTTP/2 cannot say", remedy: "give it a value or leave it out")
        default: break
        }
    }

    private static let forbidden = "belongs to HTTP/1.1, and HTTP/2 forbids it (RFC 9113 8.2.2)"

    private static func checkExpect(_ value: String?) throws(Refusal) {
        guard let value else {
            throw Refusal(cause: "cannot be a value of the iteration", remedy: "write it as it is, or leave it out")
        }
        guard isListed("100-continue", in: value.utf8) else { return }
        throw Refusal(
            cause: "cannot be 100-continue, because a body is sent at once and does not wait for 100 (Continue)",
            remedy: "leave it out")
    }

    /// Whether a value of Connection asks for the connection's end after the response (RFC 9112 9.6).
    package static func closes(_ value: some BidirectionalCollection<UInt8>) -> Bool { isListed("close", in: value) }

    /// Whether a comma-separated list has the word, which must be in lower case.
    private static func isListed(_ word: String, in list: some BidirectionalCollection<UInt8>) -> Bool {
        list.split(separator: ASCII.comma).contains { ASCII.isWord(ASCII.trimmed($0), word) }
    }
}
