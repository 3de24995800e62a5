// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP

@Suite struct BodySearchTests {
    static let cases: [(story: String, needle: String, text: String, isFound: Bool)] = [
        ("at the start", "abc", "abcxx", true), ("at the end", "abc", "xxabc", true),
        ("the whole text", "abc", "abc", true),
        ("not there", "abc", "abab ac bc", false), ("cut off at the end", "abc", "xxab", false),
        ("after a false start", "aab", "aaaaab", true), ("a border within the needle", "abab", "abaabab", true),
        ("a border of a border", "aabaaab", "aabaabaaab", true), ("one byte", "x", "aaaxaaa", true),
        ("one byte that is missing", "x", "aaaa", false), ("an empty needle", "", "anything", true),
        ("an empty needle in nothing", "", "", true), ("nothing to look at", "a", "", false),
        ("a needle longer than the text", "abcdef", "abc", false), ("bytes above ASCII", "é", "caf\u{E9}", true),
        ("many near misses", "aaaaaaaab", "aaaaaaaaaaaaaaaaaaaaaaaaac", false),
    ]

    @Test(arguments: cases.indices)
    func `a text is found whether or not a chunk's end cuts it`(index: Int) {
        let row = Self.cases[index]
        let text = Array(row.text.utf8)
        for cut in 0...text.count {
            for step in [1, 2, 3, max(1, text.count)] {
                var search = BodySearch(Array(row.needle.utf8))
                text[..<cut].withUnsafeBytes { search.consume($0) }
                for start in stride(from: cut, to: text.count, by: step) {
                    text[start..<min(start + step, text.count)].withUnsafeBytes { search.consume($0) }
                }
                #expect(search.isFound == row.isFound, "\(row.story), cut at \(cut), then every \(step)")
            }
        }
    }

    @Test func `every short text over two letters agrees with a plain search`() {
        for needleBits in 0..<64 {
            let needle = Self.letters(needleBits, count: 6).drop { $0 == 97 }
            for textBits in 0..<1024 {
                let text = Self.letters(textBits, count: 10)
                var search = BodySearch(Array(needle))
                text[..<5].withUnsafeBytes { search.consume($0) }
                text[5...].withUnsafeBytes { search.consume($0) }
                let isThere = (0...(text.count - needle.count)).contains { text[$0...].starts(with: needle) }
                #expect(search.isFound == isThere)
            }
        }
    }

    static func letters(_ bits: Int, count: Int) -> [UInt8] { (0..<count).map { UInt8(97 + (bits >> $0 & 1)) } }

    @Test func `reset forgets what was found and what was begun`() {
        var search = BodySearch(Array("ab".utf8))
        Array("ab".utf8).withUnsafeBytes { search.consume($0) }
        #expect(search.isFound)
        search.reset()
        #expect(!search.isFound)
        Array("a".utf8).withUnsafeBytes { search.consume($0) }
        search.reset()
        Array("b".utf8).withUnsafeBytes { search.consume($0) }
        #expect(!search.isFound)
    }
}
