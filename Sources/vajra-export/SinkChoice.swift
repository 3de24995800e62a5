// SPDX-License-Identifier: Apache-2.0

import VajraCLI
import VajraExport
import VajraExportFiles

/// A sink as the command line names it: `FORM:WHERE`. A new sink is a case here, and a module of its own.
enum SinkChoice: Equatable {
    /// gzip NDJSON files in a directory.
    case files(directory: String)

    /// What may be written, for messages.
    static let forms = "files:DIRECTORY"

    /// Reads `files:DIRECTORY`; nil when it has no known form, or says no place.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        let place = String(decoding: parts[1], as: UTF8.self)
        switch String(decoding: parts[0], as: UTF8.self) {
        case "files": self = .files(directory: place)
        default: return nil
        }
    }

    /// Opens the sink. Failures later on are told to `report` when they happen.
    ///
    /// - Throws: ``FilesError`` when its place cannot be used.
    func open(
        _ files: FilesOptions, reading intake: LineIntake, report: @escaping (String) -> Void
    ) throws -> any ExportSink {
        switch self {
        case .files(let directory):
            try FilesSink(
                directory: directory, policy: files.policy, replacing: files.force, toolVersion: ToolVersion.current,
                intake: intake, report: report)
        }
    }
}
