// SPDX-License-Identifier: Apache-2.0

import VajraCLI
import VajraExport
import VajraExportFiles
import VajraModel

/// A sink as the command line names it: `FORM:WHERE`. A new sink is a case here, and a module of its own.
enum SinkChoice: Equatable {
    /// gzip NDJSON files in a directory.
    case files(directory: String)

    /// What may be written, for messages.
    static let forms = "files:DIRECTORY"

    /// Reads `files:DIRECTORY`; nil for an unknown form, and without a directory.
    init?(_ text: String) {
        guard let (form, place) = text.cut(at: ":"), !place.isEmpty else { return nil }
        switch form {
        case "files": self = .files(directory: place)
        default: return nil
        }
    }

    /// Opens the sink. It tells `report` of later failures when they happen.
    ///
    /// - Throws: ``FilesError`` when the directory cannot be used.
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
