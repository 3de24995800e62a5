// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraExport

@Suite struct ManifestContentsTests {
    private func read(_ text: String) -> ManifestContents? { ManifestContents(parsing: Array(text.utf8)) }

    @Test func `the state and the files are read, in their order`() throws {
        let contents = try #require(
            read(
                #"{"type":"export_manifest","v":1,"state":"writing","files":["#
                    + #"{"name":"logs/logs-r-00001.ndjson.gz","lines":3},"#
                    + #"{"name":"metrics/metrics-r-00001.ndjson.gz.partial"}]}"#))
        #expect(contents.state == .writing)
        #expect(
            contents.files.map(\.name) == ["logs/logs-r-00001.ndjson.gz", "metrics/metrics-r-00001.ndjson.gz.partial"])
        #expect(contents.files.map(\.lines) == [3, 0])
    }

    @Test(arguments: [
        "", "{", "[]", #"{"type":"summary","files":[]}"#, #"{"type":"export_manifest"}"#,
        #"{"type":"export_manifest","files":[{"lines":1}]}"#,
        #"{"type":"export_manifest","files":[{"name":""}]}"#,
        #"{"type":"export_manifest","files":[{"name":"/etc/passwd"}]}"#,
        #"{"type":"export_manifest","files":[{"name":"logs/../../secret"}]}"#,
    ])
    func `what is no manifest, or names files elsewhere, is refused`(text: String) {
        #expect(read(text) == nil)
    }

    @Test func `a state of a later version is no state`() {
        #expect(read(#"{"type":"export_manifest","state":"archived","files":[]}"#)?.state == nil)
    }
}
