// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraConfig

/// Bytes that are no config by their mere form, and what is said to them.
struct LimitCase: Sendable, CustomTestStringConvertible {
    let story: String
    let bytes: [UInt8]
    let expected: String

    var testDescription: String { story }

    init(_ story: String, _ bytes: [UInt8], _ expected: String) {
        self.story = story
        self.bytes = bytes
        self.expected = expected
    }

    init(_ story: String, _ text: String, _ expected: String) {
        self.init(story, Array(text.utf8), expected)
    }

    private static let notUTF8 = "the text is not UTF-8 — save the file as UTF-8"
    private static let escape = "remove it, or write it as an escape in double quotes"
    private static let tooDeep = "lists and mappings are more than 64 deep within each other"
    private static let tooMany = "the config has more than 100000 values — aliases count as what they repeat"

    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    private static let bomb: String = {
        var text = "a: &a [\(times(10, "x,"))]\n"
        for (new, old) in zip("bcdefghi", "abcdefgh") { text += "\(new): &\(new) [\(times(10, "*\(old),"))]\n" }
        return text
    }()

    static let all = [
        LimitCase("not UTF-8", [0x61, 0x3A, 0x20, 0xC3, 0xA9, 0xFF], "c:1:5: error: \(notUTF8)"),
        LimitCase("cut off within a character", [0x61, 0x0D, 0x0A, 0xE2, 0x82], "c:2:1: error: \(notUTF8)"),
        LimitCase("UTF-16", [0xFF, 0xFE, 0x61, 0x00], "c:1:1: error: \(notUTF8)"),
        LimitCase(
            "a control character", "a: 1\nb: é\u{1B}",
            "c:2:5: error: control characters are not allowed (U+001B) — \(escape)"),
        LimitCase("a NUL", [0], "c:1:1: error: control characters are not allowed (U+0000) — \(escape)"),
        LimitCase("64 deep", times(64, "[") + times(64, "]"), "none"),
        LimitCase("65 deep", times(65, "[") + times(65, "]"), "c:1:65: error: \(tooDeep)"),
        LimitCase(
            "deep by an alias", "[&a [[[[1]]]], \(times(60, "[")) *a\(times(60, "]"))]", "c:1:77: error: \(tooDeep)"),
        LimitCase("99 999 values in a list", "[\(times(99_999, "1,"))]", "none"),
        LimitCase("100 000 values in a list", "[\(times(100_000, "1,"))]", "c:1:1: error: \(tooMany)"),
        LimitCase("a bomb of aliases", bomb, "c:5:29: error: \(tooMany)"),
        LimitCase("5 MiB", times(5 << 20, " "), "c:1:1: error: the config is above 4 MiB — is it the right file?"),
    ]
}

struct LimitTests {
    private func fault(_ bytes: [UInt8]) -> String {
        do throws(InvalidConfig) {
            _ = try ConfigNode(parsing: bytes, file: "c")
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: LimitCase.all)
    func `input beyond the limits is refused with its place`(_ row: LimitCase) {
        #expect(fault(row.bytes) == row.expected)
    }

    @Test(arguments: ["[", "{", "- ", "? ", "a: ", "\"", "&a ", "[[],", "!", "%", "|\n", "\t", "a:\n ", "${", "x\n"])
    func `a megabyte of one thing ends soon`(_ unit: String) {
        let bytes = Array(String(repeating: unit, count: (1 << 20) / unit.utf8.count).utf8)
        let time = ContinuousClock().measure { #expect(fault(bytes) != "") }
        #expect(time < .seconds(10))
    }
}
