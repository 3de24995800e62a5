// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VajraConfig

/// Golden/faults.txt: `### story`, a config, `--- faults`, and the diagnostics exactly as they are printed.
struct FaultCase: Sendable, CustomTestStringConvertible {
    let story: String
    let config: String
    let expected: String

    var testDescription: String { story }

    static let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/faults.txt")

    static let all: [FaultCase] = {
        guard let text = try? String(contentsOf: golden, encoding: .utf8) else { return [] }
        return text.split(separator: "### ").map { block in
            let (story, rest) = cut(block, at: "\n")
            let (config, expected) = cut(rest, at: "--- faults\n")
            return FaultCase(story: String(story), config: String(config), expected: String(expected))
        }
    }()

    private static func cut(_ text: Substring, at mark: String) -> (Substring, Substring) {
        guard let range = text.firstRange(of: mark) else { return (text, "") }
        return (text[..<range.lowerBound], text[range.upperBound...])
    }

    /// What the reader says to the config, as lines.
    var found: String {
        var reader = ConfigReader.forTests()
        do throws(InvalidConfig) {
            _ = try reader.read(Array(config.utf8), file: "c.yaml")
            return "none\n"
        } catch {
            return "\(error)\n"
        }
    }
}

struct FaultTests {
    @Test func `there are enough cases to pin every message`() {
        #expect(FaultCase.all.count >= 60)
    }

    @Test(arguments: FaultCase.all)
    func `a bad config gets exactly its complaints`(_ row: FaultCase) {
        #expect(row.found == row.expected)
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["VAJRA_RECORD_GOLDEN"] != nil))
    func `recording the golden file always fails, so that it is never left on`() throws {
        let text = FaultCase.all.map { "### \($0.story)\n\($0.config)--- faults\n\($0.found)" }.joined()
        try text.write(to: FaultCase.golden, atomically: true, encoding: .utf8)
        Issue.record("recorded \(FaultCase.golden.path); read the difference")
    }
}
