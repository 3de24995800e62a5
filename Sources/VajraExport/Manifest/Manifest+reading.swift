// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// What a manifest says to a reader of the export's files.
package struct ManifestContents: Sendable, Equatable {
    package struct File: Sendable, Equatable {
        /// Its path in the export's directory.
        package let name: String
        package let lines: Int64
    }

    /// How far the export is; nil for a word that this build does not know.
    package let state: Manifest.State?
    /// The files, in the order in which they were begun.
    package let files: [File]

    /// Reads the manifest's bytes; nil when they are no manifest.
    package init?(parsing bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes), json["type"] == .string("export_manifest"),
            case .array(let entries) = json["files"]
        else { return nil }
        var files: [File] = []
        for entry in entries {
            guard case .string(let name) = entry["name"], ManifestContents.isWithin(name) else { return nil }
            if case .int(let lines) = entry["lines"] {
                files.append(File(name: name, lines: lines))
            } else {
                files.append(File(name: name, lines: 0))
            }
        }
        self.files = files
        if case .string(let word) = json["state"] { state = Manifest.State(rawValue: word) } else { state = nil }
    }

    /// Whether the path stays in the directory: a foreign manifest must not make the tool read other files.
    private static func isWithin(_ name: String) -> Bool {
        !name.utf8.isEmpty && name.utf8.first != UInt8(ascii: "/")
            && !name.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
    }
}
