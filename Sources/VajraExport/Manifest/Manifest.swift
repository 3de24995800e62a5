// SPDX-License-Identifier: Apache-2.0

/// What `manifest.json` says: which files make up the export, what is in each, and whether all of it came.
/// docs/schema/manifest-1.schema.json describes it.
package struct Manifest: Sendable {
    /// The version of its format.
    package static let version: Int64 = 1

    /// How far the export is.
    package enum State: String, Sendable {
        /// Going on, or ended by force: incomplete files hold at least the lines that the manifest says.
        case writing
        /// All input was read to its end, and all of it was written.
        case complete
        /// Stopped by a second signal before the end of the input.
        case interrupted
        /// Something could not be read or written.
        case failed

        /// The state at an export's end.
        package init(_ end: ExportEnd) {
            switch end {
            case .complete: self = .complete
            case .interrupted: self = .interrupted
            case .failed: self = .failed
            }
        }
    }

    package struct File: Sendable {
        package let name: ExportFileName
        package var written = LineTally()
        /// The lines that should be in it and could not be written.
        package var lost = LineTally()
        /// Its size on disk in bytes.
        package var bytes: Int64 = 0
        /// Whether it has its final name, and no line will be added.
        package var isComplete = false

        package init(name: ExportFileName) {
            self.name = name
        }
    }

    package var toolVersion: String
    /// How far the export is.
    package var state = State.writing
    /// When the manifest was written, microseconds since the Unix epoch.
    package var writtenUnixMicroseconds: Int64 = 0
    /// The files, in the order in which they were begun.
    package var files: [File] = []

    /// The manifest of an export without files.
    package init(toolVersion: String) {
        self.toolVersion = toolVersion
    }

    /// The lines that could not be written, over all files.
    package var lost: LineTally {
        files.reduce(into: LineTally()) { sum, file in sum.add(file.lost) }
    }
}
