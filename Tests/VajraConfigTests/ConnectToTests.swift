// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraConfig

struct ConnectToTests {
    struct Row: Sendable {
        let rule: String
        let host: String
        let port: UInt16
        /// Where it goes, as `host port`; nil when the rule is not for it.
        let place: String?

        init(_ rule: String, _ host: String, _ port: UInt16, _ place: String?) {
            (self.rule, self.host, self.port, self.place) = (rule, host, port, place)
        }
    }

    @Test(arguments: [
        Row("a:1:b:2", "a", 1, "b 2"), Row("a:1:b:2", "a", 3, nil), Row("a:1:b:2", "c", 1, nil),
        Row("A:1:B:2", "a", 1, "B 2"), Row("a::b:2", "a", 9, "b 2"), Row(":1:b:2", "c", 1, "b 2"),
        Row(":::", "a", 1, "a 1"), Row("::b:", "a", 7, "b 7"), Row(":::8", "a", 7, "a 8"),
        Row("[::1]:1:[fe80::1]:2", "::1", 1, "fe80::1 2"), Row("::[::1]:", "a", 5, "::1 5"),
        Row("a:1:\u{301}:2", "a", 1, "\u{301} 2"),
    ])
    func `a rule says where a host and port are connected to`(_ row: Row) throws {
        let rule = try #require(ConnectTo(row.rule))
        #expect(rule.place(for: row.host, row.port).map { "\($0.host) \($0.port)" } == row.place)
        #expect(rule.text == row.rule)
    }

    @Test(arguments: [
        "", "a", "a:1", "a:1:b", "a:1:b:2:3", "a:x:b:2", "a:1:b:x", "a:0:b:2", "a:1:b:65536", "a:-1:b:2", "::1:1:b:2",
        "[::1:1:b:2", "a b:1:c:2", "a:1:b/:2",
    ])
    func `anything else is no rule`(_ text: String) {
        #expect(ConnectTo(text) == nil)
    }
}
