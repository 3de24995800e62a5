// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraTemplate

@Suite struct RendererTests {
    static func text(
        _ source: String, _ index: UInt64, feeds: [Feed] = [], escape: TemplateEscape = .raw, seed: UInt64 = 1,
        scenario: String = "http"
    ) throws -> String {
        var values = TemplateValues(seed: seed, scenario: scenario, feeds: feeds)
        let renderer = try TemplateRenderer(Template(parsing: source), values: &values, escape: escape)
        var output: [UInt8] = []
        renderer.append(index, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    static func feed(_ text: String, _ order: Feed.Order = .sequential) throws -> Feed {
        Feed("users", table: try FeedTable(parsing: Array(text.utf8)), order: order, seed: 1, scenario: "http")
    }

    /// Written down once: a later version that gives other values would repeat no run of an earlier one.
    static let pinned: [(source: String, index: UInt64, expected: String)] = [
        ("{{iteration}}", 0, "0"),
        ("{{iteration}}", 1_199_999, "1199999"),
        ("{{iteration}}", .max, "18446744073709551615"),
        ("a{{random 7 7}}b", 3, "a7b"),
        ("{{random -5 -5}}", 3, "-5"),
        ("{{random 1 1000}}", 0, "669"),
        ("{{random 1 1000}}", 1, "240"),
        ("{{random -9223372036854775808 9223372036854775807}}", 0, "3110786451230193685"),
        ("{{random 1 1000 as a}}", 0, "379"),
        ("{{uuid}}", 0, "ab2bbbcb-b5ac-4815-82ef-f943d9ff5505"),
        ("{{uuid}}", 1, "3d57256f-b9c5-43ae-bb83-d055ee4bd529"),
        ("{{uuid as order}}", 1, "90806f86-fd6d-4d0e-b5fe-16ec0add35d5"),
    ]

    @Test(arguments: pinned.indices)
    func `the text of an iteration is the same for ever`(row: Int) throws {
        let (source, index, expected) = Self.pinned[row]
        #expect(try Self.text(source, index) == expected)
    }

    @Test func `a value without a name is drawn anew, one with a name is not`() throws {
        let unnamed = try Self.text("{{uuid}} {{uuid}}", 5).split(separator: " ")
        #expect(unnamed[0] != unnamed[1])
        let named = try Self.text("{{uuid as a}} {{uuid as a}} {{uuid as b}}", 5).split(separator: " ")
        #expect(named[0] == named[1])
        #expect(named[0] != named[2])
    }

    @Test func `seed, scenario and index each change what is drawn`() throws {
        let source = "{{random 0 1000000000000}}"
        let texts = try [
            Self.text(source, 0), Self.text(source, 1), Self.text(source, 0, seed: 2),
            Self.text(source, 0, scenario: "other"),
        ]
        #expect(Set(texts).count == texts.count)
    }

    @Test func `random numbers fill their range evenly`() throws {
        var values = TemplateValues(seed: 7, scenario: "http", feeds: [])
        let renderer = try TemplateRenderer(Template(parsing: "{{random -2 7}}"), values: &values, escape: .raw)
        var counts: [String: Int] = [:]
        for index in 0..<10_000 as Range<UInt64> {
            var output: [UInt8] = []
            renderer.append(index, to: &output)
            counts[String(decoding: output, as: UTF8.self), default: 0] += 1
        }
        #expect(Set(counts.keys) == Set((-2...7).map(String.init)))
        // 1000 expected of each, with a standard deviation of 30.
        #expect(counts.values.allSatisfy { (850...1150).contains($0) }, "\(counts)")
    }

    @Test func `uuids have version 4 and its variant, and none comes twice`() throws {
        var values = TemplateValues(seed: 1, scenario: "http", feeds: [])
        let renderer = try TemplateRenderer(Template(parsing: "{{uuid}}"), values: &values, escape: .raw)
        var seen: Set<[UInt8]> = []
        for index in 0..<10_000 as Range<UInt64> {
            var output: [UInt8] = []
            renderer.append(index, to: &output)
            let isFormed = output.count == 36 && output[14] == UInt8(ascii: "4") && "89ab".utf8.contains(output[19])
            #expect(isFormed && [8, 13, 18, 23].allSatisfy { output[$0] == UInt8(ascii: "-") })
            seen.insert(output)
        }
        #expect(seen.count == 10_000)
    }

    static let escaped: [(escape: TemplateEscape, expected: String)] = [
        (.raw, "a b/\"\\\n\r\t\u{1}é~"),
        (.url, "a%20b%2F%22%5C%0A%0D%09%01%C3%A9~"),
        (.json, "a b/\\\"\\\\\\n\\r\\t\\u0001é~"),
    ]

    @Test(arguments: escaped.indices)
    func `a cell is escaped the way of its place, or the way it says`(row: Int) throws {
        let (escape, expected) = Self.escaped[row]
        let feed = try Self.feed("x\n\"a b/\"\"\\\n\r\t\u{1}é~\"\n")
        #expect(try Self.text("{{feed.users.x}}", 0, feeds: [feed], escape: escape) == expected)
        #expect(try Self.text("{{feed.users.x|\(escape)}}", 0, feeds: [feed], escape: .raw) == expected)
    }

    @Test func `rows follow each other, and begin again`() throws {
        let feed = try Self.feed("name,n\nann,1\nbob,2\ncyd,3\n")
        let texts = try (0..<7).map { try Self.text("{{feed.users.n}}{{feed.users.name}}", $0, feeds: [feed]) }
        #expect(texts == ["1ann", "2bob", "3cyd", "1ann", "2bob", "3cyd", "1ann"])
    }

    @Test func `at random all cells of an iteration are of one row, and every row comes`() throws {
        let feed = try Self.feed("a,b\n1,1\n2,2\n3,3\n", .random)
        var seen: Set<String> = []
        for index in 0..<100 as Range<UInt64> {
            let text = try Self.text("{{feed.users.a}}{{feed.users.b}}", index, feeds: [feed])
            seen.insert(text)
        }
        #expect(seen == ["11", "22", "33"])
    }

    @Test func `a feed or column that is not there is refused with those that are`() throws {
        let feed = try Self.feed("name,city\nann,rome\n")
        let noFeed = #expect(throws: TemplateFault.self) { try Self.text("x{{feed.usres.name}}", 0, feeds: [feed]) }
        #expect(noFeed?.offset == 1)
        #expect(noFeed?.remedy == .oneOf(["users"], insteadOf: "usres"))
        let noColumn = #expect(throws: TemplateFault.self) { try Self.text("{{feed.users.nmae}}", 0, feeds: [feed]) }
        #expect(noColumn?.remedy == .oneOf(["name", "city"], insteadOf: "nmae"))
    }
}
