// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraStream

@Suite struct SourceFaultsTests {
    private func take(_ faults: inout SourceFaults, _ line: String?, _ number: Int, of source: String) -> [String] {
        let messages = Array((line ?? "").utf8).withUnsafeBytes { bytes in
            faults.take("no JSON", atLine: number, of: source, bytes: line == nil ? nil : bytes)
        }
        return messages.map { [$0.place, $0.text].compactMap(\.self).joined(separator: ": ") }
    }

    /// What is said of a source that gives these lines and nothing else.
    private func said(of lines: [String?], source: String) -> [String] {
        var faults = SourceFaults()
        var said: [String] = []
        for (number, line) in lines.enumerated() { said += take(&faults, line, number + 1, of: source) }
        said += faults.finish().map(\.text)
        #expect(faults.unnamed == 0)
        #expect(faults.hasForeignSource == !lines.isEmpty)
        return said
    }

    @Test(arguments: [
        ("a.yaml", ["# my test", "name: x"], "looks like a config, not a stream; 'vajra-ctl run a.yaml' carries"),
        ("stdin", ["version: 1", "name: x"], "looks like a config, not a stream; 'vajra-ctl run -' carries"),
        ("a.json", ["{", "  \"scenarios\": {"], "looks like a config, not a stream; 'vajra-ctl run a.json' carries"),
        ("core", ["\u{7F}ELF\u{1}\u{0}", "x"], "it is binary data"),
        ("x.yaml", ["\u{1}\u{0}\u{0}"], "it is binary data"),
        ("long", [nil], "it is binary data"),
        ("report.txt", ["none   run r1", "  planned 100"], "holds no line of a stream; its first line: no JSON"),
    ])
    func `a source without a line of a run gets one sentence`(source: String, lines: [String?], words: String) {
        let said = said(of: lines, source: source)
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix(source) == true && said.first?.contains(words) == true, "\(said)")
    }

    @Test func `however many lines it has, and as soon as twenty have come`() {
        var faults = SourceFaults()
        var said: [String] = []
        for number in 1...19 { said += take(&faults, "text", number, of: "a") }
        #expect(said.isEmpty)
        said += take(&faults, "text", 20, of: "a")
        #expect(said.count == 1)
        for number in 21...1000 { said += take(&faults, "text", number, of: "a") }
        said += faults.finish().map(\.text)
        #expect(said.count == 1)
        #expect(faults.unnamed == 0)
    }

    @Test func `a stream's bad lines are named, those before its first good line too`() {
        var faults = SourceFaults()
        #expect(take(&faults, "the rest of a line", 1, of: "a") == [])
        let late = faults.takeGoodLine(of: "a")
        #expect(late.map(\.place) == ["a:1"])
        #expect(faults.takeGoodLine(of: "a") == [])
        #expect(take(&faults, "x", 7, of: "a") == ["a:7: no JSON"])
        #expect(faults.finish() == [])
        #expect(!faults.hasForeignSource)
    }

    @Test func `twenty are named over all streams, and the others counted`() {
        var faults = SourceFaults()
        for source in ["a", "b"] { _ = faults.takeGoodLine(of: source) }
        let said = (1...30).flatMap { take(&faults, "x", $0, of: $0 % 2 == 0 ? "a" : "b") }
        #expect(said.count == 20)
        #expect(faults.unnamed == 10)
    }

    @Test func `sources do not share their standing`() {
        var faults = SourceFaults()
        _ = faults.takeGoodLine(of: "a")
        #expect(take(&faults, "x", 1, of: "b") == [])
        _ = faults.takeGoodLine(of: "a")
        #expect(take(&faults, "x", 2, of: "a") == ["a:2: no JSON"])
        #expect(faults.finish().map(\.text) == ["b holds no line of a stream; its first line: no JSON"])
    }
}
