// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel

@Suite struct TextCutTests {
    static let accent = "\u{301}"

    static let cuts: [(text: String, first: [String]?, last: [String]?)] = [
        ("k=v", ["k", "v"], ["k", "v"]), ("k=", ["k", ""], ["k", ""]), ("=v", ["", "v"], ["", "v"]), ("kv", nil, nil),
        ("", nil, nil), ("a=b=c", ["a", "b=c"], ["a=b", "c"]), ("k=\(accent)", ["k", accent], ["k", accent]),
        ("=\(accent)=\(accent)", ["", "\(accent)=\(accent)"], ["=\(accent)", accent]),
        ("é=é", ["é", "é"], ["é", "é"]),
        ("k=\u{200D}v", ["k", "\u{200D}v"], ["k", "\u{200D}v"]), ("k=\r\n", ["k", "\r\n"], ["k", "\r\n"]),
    ]

    @Test(arguments: cuts.indices)
    func `a text is cut at a byte, whatever follows it`(row: Int) {
        let (text, first, last) = Self.cuts[row]
        #expect(text.cut(at: "=").map { [$0.before, $0.after] } == first, "\(text)")
        #expect(text.cutAtLast("=").map { [$0.before, $0.after] } == last, "\(text)")
        #expect(text.dropFirst(0).cut(at: "=").map { [$0.before, $0.after] } == first, "\(text)")
    }

    @Test func `a beginning is one, whatever follows it`() {
        #expect("unix:/a".rest(after: "unix:") == "/a")
        #expect("unix:\(Self.accent)a".rest(after: "unix:") == "\(Self.accent)a")
        #expect("unix".rest(after: "unix:") == nil)
        #expect("Unix:/a".rest(after: "unix:") == nil)
        #expect("unix:".rest(after: "unix:") == "")
    }
}
