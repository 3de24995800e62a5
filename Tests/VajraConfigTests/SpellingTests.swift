// SPDX-License-Identifier: Apache-2.0

import Testing
@testable import VajraConfig

struct SpellingTests {
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("url", "url", 0), ("ulr", "url", 1), ("urll", "url", 1),
        ("methd", "method", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
    ])
    func `the distance counts changes, gaps and swaps`(_ row: (left: String, right: String, distance: Int)) {
        #expect(Spelling.distance(Array(row.left.utf8), Array(row.right.utf8)) == row.distance)
        #expect(Spelling.distance(Array(row.right.utf8), Array(row.left.utf8)) == row.distance)
    }

    @Test(
        arguments: [
            ("URL", "url"), ("urll", "url"), ("bdy", "body"), ("connect-timeout", "connect_timeout"), ("x", nil),
            ("timeouts", "timeout"), ("users", nil), (String(repeating: "u", count: 41), nil),
        ] as [(String, String?)])
    func `a word is meant if at most a third of it differs`(_ row: (word: String, meant: String?)) {
        let allowed = ["url", "body", "timeout", "connect_timeout"]
        #expect(Spelling.nearest(to: row.word, among: allowed) == row.meant)
    }
}
