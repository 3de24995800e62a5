// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON

@Suite struct ValueTests {
    @Test func `a tree that is written and parsed is the same tree`() throws {
        var random = SeededRandom(stream: 2)
        for round in 0..<5_000 {
            let tree = random.value(depth: 5)
            var writer = JSONWriter()
            tree.write(to: &writer)
            #expect(try JSONValue(parsing: writer.bytes) == tree, "seed \(random.seed), round \(round)")
        }
    }

    @Test func `integers stay exact, and other numbers are doubles`() throws {
        let tree = try JSONValue(parsing: Array("[-0,9223372036854775807,9223372036854775808,1.0,1e2]".utf8))
        #expect(tree == .array([.int(0), .int(.max), .double(9_223_372_036_854_775_808), .double(1), .double(100)]))
        #expect(JSONValue.int(1) != .double(1))
    }

    @Test func `a byte order mark within a string is kept`() throws {
        #expect(try JSONValue(parsing: Array("\"\\n\u{FEFF}x\"".utf8)) == .string("\n\u{FEFF}x"))
    }

    @Test func `the last of duplicate members wins, and all are kept`() throws {
        let tree = try JSONValue(parsing: Array(#"{"a":1,"b":2,"a":3}"#.utf8))
        #expect(tree["a"] == .int(3))
        #expect(tree["c"] == nil)
        #expect(JSONValue.null["a"] == nil)
        #expect(tree == .object([("a", .int(1)), ("b", .int(2)), ("a", .int(3))]))
    }
}
