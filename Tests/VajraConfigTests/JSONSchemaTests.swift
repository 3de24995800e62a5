// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VajraConfig

struct JSONSchemaTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/schema/config-1.schema.json").standardized

    @Test func `the committed JSON Schema is the one that the code makes`() throws {
        let committed = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(
            committed == ConfigJSONSchema.text(), "record it: VAJRA_RECORD_GOLDEN=1 swift test --filter JSONSchemaTests"
        )
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["VAJRA_RECORD_GOLDEN"] != nil))
    func `recording the schema always fails, so that it is never left on`() throws {
        try FileManager.default.createDirectory(
            at: Self.file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try ConfigJSONSchema.text().write(to: Self.file, atomically: true, encoding: .utf8)
        Issue.record("recorded \(Self.file.path); read the difference")
    }
}
