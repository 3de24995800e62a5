// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP

@Suite struct ProtocolFieldTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let value: String?
        let http1: String?
        let http2: String?
        var testDescription: String { "\(name): \(value ?? "{{…}}")" }

        /// What is refused says so with these words; nil is sent.
        init(_ name: String, _ value: String?, http1: String? = nil, http2: String? = nil) {
            (self.name, self.value, self.http1, self.http2) = (name, value, http1, http2)
        }
    }

    static let rows = [
        Row("Connection", "close", http2: "belongs to HTTP/1.1"), Row("cONNECTION", nil, http2: "belongs to HTTP/1.1"),
        Row("Keep-Alive", "timeout=5", http2: "belongs to HTTP/1.1"), Row("Upgrade", "h2c", http2: "HTTP/2 forbids it"),
        Row("Proxy-Connection", "keep-alive", http2: "HTTP/2 forbids it"), Row("TE", "trailers"),
        Row("te", " Trailers\t"),
        Row("Transfer-Encoding", "chunked", http2: "HTTP/2 forbids it"),
        Row("TE", "gzip", http2: "nothing but trailers"),
        Row("TE", "trailers, gzip", http2: "nothing but trailers"), Row("TE", nil, http2: "nothing but trailers"),
        Row("Host", "a"), Row("Host", nil), Row("Host", "", http2: "is empty"),
        Row("Expect", "100-continue", http1: "cannot be 100-continue", http2: "cannot be 100-continue"),
        Row("EXPECT", "a, 100-Continue ", http1: "cannot be 100-continue", http2: "cannot be 100-continue"),
        Row("Expect", nil, http1: "value of the iteration", http2: "value of the iteration"), Row("Expect", "200-ok"),
        Row("X-Connection", "close"), Row("Trailer", "X"), Row("Accept", nil), Row("Connection\u{301}", "close"),
    ]

    @Test(arguments: rows)
    func `a header that is not true of what is sent is refused by name`(row: Row) {
        for (isHTTP2, words) in [(false, row.http1), (true, row.http2)] {
            var cause: String?
            do throws(ProtocolField.Refusal) {
                try ProtocolField.check(row.name, row.value, isHTTP2: isHTTP2)
            } catch {
                cause = error.cause
                #expect(!error.remedy.isEmpty)
            }
            #expect((cause != nil) == (words != nil), "HTTP/2: \(isHTTP2)")
            if let cause, let words { #expect(cause.contains(words)) }
        }
    }

    static let values: [(value: String, closes: Bool)] = [
        ("close", true), ("Close", true), ("CLOSE", true), (" close\t", true), ("keep-alive, close", true),
        ("close,keep-alive", true), (",,close,", true), ("keep-alive", false), ("", false), ("closed", false),
        ("clo se", false), ("x-close", false), ("close x", false), ("\"close\"", false), (",\u{301}close", false),
        ("\u{301},close", true),
    ]

    @Test(arguments: values.indices)
    func `Connection asks for the end where its list says close`(row: Int) {
        let (value, closes) = Self.values[row]
        #expect(ProtocolField.closes(value.utf8) == closes, "\(value)")
    }
}
