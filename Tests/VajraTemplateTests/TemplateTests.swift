// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraTemplate

@Suite struct TemplateTests {
    static let understood: [(text: String, expected: [Template.Piece], story: String)] = [
        ("", [], "nothing"),
        ("plain", [.text("plain")], "a text without braces"),
        (#"{"a": {"b": 1}}"#, [.text(#"{"a": {"b": 1}}"#)], "JSON's own braces"),
        ("a}}b", [.text("a}}b")], "closing braces alone"),
        ("{{{{x}}", [.text("{{x}}")], "braces that stand for themselves"),
        ("${A}{b}", [.text("${A}{b}")], "single braces"),
    ]

    @Test(arguments: understood.indices)
    func `a text without values stands for itself`(row: Int) throws {
        let (text, expected, story) = Self.understood[row]
        #expect(try Template(parsing: text).pieces == expected, "\(story)")
    }

    static let values: [(text: String, value: TemplateReference.Value, escape: TemplateEscape?)] = [
        ("{{iteration}}", .iteration, nil),
        ("{{ iteration }}", .iteration, nil),
        ("{{iteration|json}}", .iteration, .json),
        ("{{random 1 1000}}", .random(1...1000, name: nil), nil),
        ("{{random -5 -5}}", .random(-5 ... -5, name: nil), nil),
        (
            "{{random -9223372036854775808 9223372036854775807}}", .random(Int64.min...Int64.max, name: nil), nil
        ),
        ("{{random 1 6 as die | url}}", .random(1...6, name: "die"), .url),
        ("{{uuid}}", .uuid(name: nil), nil),
        ("{{uuid as order-1}}", .uuid(name: "order-1"), nil),
        ("{{feed.users.name}}", .feed("users", column: "name"), nil),
        ("{{feed.users.first name | raw}}", .feed("users", column: "first name"), .raw),
        ("{{feed.users.a.b}}", .feed("users", column: "a.b"), nil),
    ]

    @Test(arguments: values.indices)
    func `each value is understood`(row: Int) throws {
        let (text, value, escape) = Self.values[row]
        let template = try Template(parsing: "é\(text)}")
        #expect(template.pieces.count == 3)
        #expect(template.constant == nil)
        let reference = try #require(template.references.first)
        #expect(reference.value == value)
        #expect(reference.escape == escape)
        #expect(reference.source == text)
        #expect(reference.offset == 2)
        #expect(template.pieces.last == .text("}"))
    }

    static let refused: [(text: String, offset: Int, cause: String, remedy: TemplateFault.Remedy)] = [
        (
            "ab{{iteration}", 2, "is not closed",
            .write("add }}, or write {{{{ for the two characters themselves")
        ),
        ("{{}}", 0, "is empty", .write("write {{iteration}}, or {{{{ for the two characters {{")),
        (
            "x {{itration}}", 2, "is no value, and {{ itself is written {{{{",
            .oneOf(["iteration", "random", "uuid", "feed"], insteadOf: "itration")
        ),
        ("{{iteration 5}}", 0, "takes nothing", .write("write {{iteration}}")),
        ("{{uuid 4}}", 0, "takes no number", .write("write {{uuid}} or {{uuid as NAME}}")),
        ("{{uuid as a b}}", 0, "takes no number", .write("write {{uuid}} or {{uuid as NAME}}")),
        ("{{uuid as é}}", 0, "takes no number", .write("write {{uuid}} or {{uuid as NAME}}")),
        ("{{random}}", 0, "needs two whole numbers", .write("write {{random 1 1000}}")),
        ("{{random 1 x}}", 0, "needs two whole numbers", .write("write {{random 1 1000}}")),
        ("{{random 1 2 3}}", 0, "needs two whole numbers", .write("write {{random 1 1000}}")),
        ("{{random 1 9223372036854775808}}", 0, "needs two whole numbers", .write("write {{random 1 1000}}")),
        ("{{random 6 1}}", 0, "has its numbers the wrong way round", .write("write {{random 1 6}}")),
        ("{{feed}}", 0, "names no feed and column", .write("write {{feed.NAME.COLUMN}}")),
        ("{{feed.users}}", 0, "names no feed and column", .write("write {{feed.NAME.COLUMN}}")),
        ("{{feed..name}}", 0, "names no feed and column", .write("write {{feed.NAME.COLUMN}}")),
        ("{{uuid | jsn}}", 0, "is escaped in no known way", .oneOf(["raw", "url", "json"], insteadOf: "jsn")),
    ]

    @Test(arguments: refused.indices)
    func `a text that is no template is refused with place and remedy`(row: Int) {
        let (text, offset, cause, remedy) = Self.refused[row]
        let fault = #expect(throws: TemplateFault.self) { try Template(parsing: text) }
        #expect(fault?.offset == offset)
        #expect(fault?.cause == cause)
        #expect(fault?.remedy == remedy)
    }
}
