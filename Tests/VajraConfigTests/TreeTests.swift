// SPDX-License-Identifier: Apache-2.0

import Testing
@testable import VajraConfig

struct TreeTests {
    private func parse(_ text: String) throws -> ConfigNode {
        try ConfigNode(parsing: Array(text.utf8), file: "c")
    }

    private func scalar(_ node: ConfigNode?) -> ConfigScalar? {
        if case .scalar(let scalar)? = node?.content { scalar } else { nil }
    }

    @Test func `every node has its place, characters counted from 1`() throws {
        let node = try parse("a: 1\nb:\n  - x\n  - {c: \"é\", d: e}\n")
        #expect(node.place == TextPlace(file: "c", line: 1, column: 1))
        #expect(node["a"]?.place == TextPlace(file: "c", line: 1, column: 4))
        guard case .list(let items)? = node["b"]?.content else { throw NoSuchFile() }
        #expect(items[0].place == TextPlace(file: "c", line: 3, column: 5))
        #expect(items[1]["c"]?.place == TextPlace(file: "c", line: 4, column: 9))
        #expect(items[1].member("d")?.place == TextPlace(file: "c", line: 4, column: 14))
    }

    @Test(
        arguments: [
            ("a: 010", "010", false, 0), ("a: 'it''s'", "it's", true, nil), ("a: \"x y\"", "x y", true, 1),
            ("a: \"\\t\"", "\t", true, nil), ("a: |\n  x\n", "x\n", true, nil), ("a: x\n  y", "x y", false, nil),
            ("a: &b x", "x", false, nil), ("a: null", "null", false, 0), ("a: \"null\"", "null", true, 1),
        ] as [(String, String, Bool, Int?)])
    func `a scalar keeps its text, whether it was quoted, and where its text begins`(
        _ row: (text: String, expected: String, isQuoted: Bool, column: Int?)
    ) throws {
        let expected = ConfigScalar(text: row.expected, isQuoted: row.isQuoted, textColumn: row.column)
        #expect(scalar(try parse(row.text)["a"]) == expected)
    }

    @Test func `only an unquoted scalar is null`() throws {
        let node = try parse("{a: , b: ~, c: null, d: \"\", e: 'null', f: none}")
        #expect("abcdef".filter { node[String($0)]?.isNull == true } == "abc")
    }

    @Test(
        arguments: [
            (#"\" \\ \/ \b \f \n \r \t"#, "\" \\ / \u{8} \u{C} \n \r \t"), (#"\u0041\u00e9\u20AC"#, "Aé€"),
            (#"\uD83D\uDE00"#, "😀"), (#"a\ud83d\ude00\uD834\uDD1Eb"#, "a😀𝄞b"), (#"\\uD83D\uDE00\\"#, nil),
            (#"\\\uD83D\uDE00"#, "\\😀"), ("😀 # ' {", "😀 # ' {"), (#"\uDE00\uD83D"#, nil), (#"\uD83Dx"#, nil),
            (#"\uDBFF\uDFFF"#, "\u{10FFFF}"), (#"\u0000"#, "\0"),
        ] as [(String, String?)])
    func `strings of JSON come out as JSON means them`(_ row: (json: String, expected: String?)) throws {
        let text = "{\"k\":\"\(row.json)\", \"after\" :1,\n\t\"l\":[true,false,null,-1.5e3]}"
        let node = try? parse(text)
        #expect(scalar(node?["k"])?.text == row.expected)
        guard let node else { return }
        let end = text.split(separator: "\n")[0].unicodeScalars.count
        #expect(node["after"]?.place == TextPlace(file: "c", line: 1, column: end - 1))
    }

    @Test func `escapes in a YAML block are left alone`() throws {
        let node = try parse("body: |\n  {\"a\": \"\\ud83d\\ude00\"}\n")
        #expect(scalar(node["body"])?.text == "{\"a\": \"\\ud83d\\ude00\"}\n")
        #expect(scalar(try parse("{a: '\\ud83d\\ude00'}")["a"])?.text == "\\ud83d\\ude00")
    }
}
