// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Expected bytes in files beside the tests. `VAJRA_RECORD=1` writes them anew, and fails each test that does so: a
/// person looks at the difference before the next run may pass.
package struct Golden: Sendable {
    private let folder: URL

    /// The folder `name`, relative to the folder of the calling test's file.
    package init(_ name: String, beside file: String = #filePath) {
        folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent(name)
    }

    /// Why a test with golden files fails.
    package enum Failure: Error, CustomStringConvertible {
        /// The bytes are not those of the file.
        case differs(file: String, line: Int, expected: String, found: String)
        /// The file was written anew.
        case recorded(file: String)
        /// The file is missing.
        case missing(file: String)

        /// Where the first difference is, and what to do.
        package var description: String {
            switch self {
            case .differs(let file, let line, let expected, let found):
                "\(file):\(line): differs; VAJRA_RECORD=1 records it anew\n  expected: \(expected)\n  found:    \(found)"
            case .recorded(let file): "\(file): recorded; look at the difference, then run without VAJRA_RECORD"
            case .missing(let file): "\(file): missing; VAJRA_RECORD=1 records it"
            }
        }
    }

    /// The bytes of a file.
    package func bytes(_ name: String) throws -> [UInt8] {
        let file = folder.appendingPathComponent(name)
        guard let data = try? Data(contentsOf: file) else { throw Failure.missing(file: file.path) }
        return Array(data)
    }

    /// Compares bytes with a file's, or records them.
    package func check(_ found: [UInt8], _ name: String) throws {
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["VAJRA_RECORD"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(found).write(to: file)
            throw Failure.recorded(file: file.path)
        }
        let expected = try bytes(name)
        guard expected != found else { return }
        let expectedLines = expected.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let foundLines = found.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = zip(expectedLines, foundLines).prefix { $0 == $1 }.count
        func text(_ lines: [ArraySlice<UInt8>]) -> String {
            line < lines.count ? String(decoding: lines[line].prefix(4096), as: UTF8.self) : "nothing more"
        }
        throw Failure.differs(file: file.path, line: line + 1, expected: text(expectedLines), found: text(foundLines))
    }
}
