// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// The name of one file of an export, relative to its directory:
///
///     metrics/metrics-01937c2e-00001.ndjson.gz
///     └stream └stream └run     └number in the stream, from 1
///
/// The run is the first eight characters of the first line's run id, with `_` for `:`, or `norun` if the line names
/// none. It is for people: runs that begin in the same minute share it. The number keeps names apart, and the manifest
/// has the whole ids. While a file is written, its name ends in `.partial`.
package struct ExportFileName: Sendable, Hashable, CustomStringConvertible {
    private static let suffix = ".ndjson.gz"
    private static let partialSuffix = ".ndjson.gz.partial"
    /// What the manifest is called.
    package static let manifest = "manifest.json"

    /// What the file holds.
    package let stream: ExportStream
    /// The file's own name, without its folder.
    package let base: String

    /// The name of the stream's file of that number, from 1; nil for a run that is not known.
    package init(_ stream: ExportStream, runID: String?, number: Int) {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        self.stream = stream
        base = "\(stream.rawValue)-\(ExportFileName.short(runID))-\(padded)\(ExportFileName.suffix)"
    }

    /// The finished file's path in the export's directory.
    package var description: String { "\(stream.rawValue)/\(base)" }

    /// The path while the file is written.
    package var partial: String { "\(description).partial" }

    /// Whether an export may have made a file of this name in the stream's folder, finished or not.
    package static func isOurs(_ name: String, in stream: ExportStream) -> Bool {
        name.hasPrefix("\(stream.rawValue)-") && (name.hasSuffix(suffix) || name.hasSuffix(partialSuffix))
    }

    private static func short(_ runID: String?) -> String {
        // The stream may hold any text as an id; only a valid id may become a part of a path.
        guard let runID, let id = RunID(runID) else { return "norun" }
        return String(id.short.map { $0 == ":" ? "_" : $0 })
    }
}
