// SPDX-License-Identifier: Apache-2.0

import VajraExport
import VajraSystem

/// A folder that `vajra-ctl run` or `vajra-export files` has written, as a source: the files that its manifest names.
struct ExportFolder {
    /// How many other folders a message names.
    private static let named = 5
    /// A manifest of 10 000 files has 3 MiB.
    private static let manifestLimit = 64 << 20

    /// The paths of the files that are there, in the order in which they were begun.
    let files: [String]
    /// What is missing; each item is a sentence.
    let remarks: [String]

    /// Reads the folder's manifest.
    ///
    /// - Throws: ``InputError`` when the folder has none.
    init(_ path: String) throws(InputError) {
        let path = path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/") ? String(path.dropLast()) : path
        guard let contents = try ExportFolder.manifest(of: path) else {
            throw .folder(try ExportFolder.reason(path))
        }
        var files: [String] = []
        var remarks: [String] = []
        for file in contents.files {
            if let found = ExportFolder.path(of: file.name, in: path) {
                files.append(found)
            } else {
                remarks.append("\(path)/\(file.name) is missing; the manifest counts \(file.lines) lines in it")
            }
        }
        switch contents.state {
        case .complete: break
        case .writing: remarks.append("\(path): the export goes on, or was ended by force: its last lines are missing")
        case .interrupted: remarks.append("\(path): the export was interrupted: lines may be missing")
        case .failed, nil: remarks.append("\(path): the export failed: lines are missing")
        }
        self.files = files
        self.remarks = remarks
    }

    private static func manifest(of path: String) throws(InputError) -> ManifestContents? {
        let name = "\(path)/\(ExportFileName.manifest)"
        guard FileDescriptor.isThere(name) else { return nil }
        do throws(SystemError) {
            let file = try FileDescriptor.opening(name)
            defer { file.close() }
            return ManifestContents(parsing: try file.readAll(atMost: manifestLimit))
        } catch {
            throw .system(error)
        }
    }

    /// Looks for both names: a file that was `.partial` in the manifest may have its final name by now.
    private static func path(of name: String, in path: String) -> String? {
        let partial = ".partial"
        let names = name.hasSuffix(partial) ? [name, String(name.dropLast(partial.count))] : [name]
        return names.map { "\(path)/\($0)" }.first(where: FileDescriptor.isThere)
    }

    /// Why the folder holds no export, and what to name instead.
    private static func reason(_ path: String) throws(InputError) -> String {
        let names: [String]
        do throws(SystemError) { names = try Directory.names(in: path) } catch { throw .system(error) }
        let runs = names.filter { FileDescriptor.isThere("\(path)/\($0)/\(ExportFileName.manifest)") }.sorted()
        guard !runs.isEmpty else {
            return "\(path) is a folder without \(ExportFileName.manifest): "
                + "neither 'vajra-ctl run' nor 'vajra-export files' has written it"
        }
        let rest = runs.count > named ? " and \(runs.count - named) more" : ""
        let list = runs.suffix(named).map { "\(path)/\($0)" }.joined(separator: ", ")
        return "\(path) is a folder of runs; name one of them: \(list)\(rest)"
    }
}
