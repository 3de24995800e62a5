// SPDX-License-Identifier: Apache-2.0

import VajraExport
import VajraJSON
import VajraSystem

/// The directory of one export, locked against other processes, and its manifest.
struct ExportDirectory {
    let path: String
    /// Held open for its lock.
    private let descriptor: FileDescriptor
    /// Files of an earlier export, to be removed before the first of this one is made.
    private var earlier: [String]

    /// Makes the directory if there is none. Refuses an earlier export in it unless `replacing`. It removes nothing
    /// yet, so that an empty input does not cost the user the earlier files.
    init(_ path: String, replacing: Bool) throws(FilesError) {
        self.path = path
        do throws(SystemError) {
            try Directory.make(path)
            descriptor = try Directory.opening(path)
        } catch {
            throw .system(error)
        }
        do throws(FilesError) {
            earlier = try ExportDirectory.locked(descriptor, at: path)
            if let first = earlier.first, !replacing { throw .occupied(directory: path, by: first) }
        } catch {
            descriptor.close()
            throw error
        }
    }

    /// Locks the directory, then lists what an earlier export left in it. In this order, because another process may
    /// write there until this process has the lock.
    private static func locked(_ descriptor: FileDescriptor, at path: String) throws(FilesError) -> [String] {
        let isOurs: Bool
        do throws(SystemError) { isOurs = try Directory.lock(descriptor) } catch { throw .system(error) }
        guard isOurs else { throw .busy(directory: path) }
        do throws(SystemError) { return try earlierFiles(in: path) } catch { throw .system(error) }
    }

    private static func earlierFiles(in path: String) throws(SystemError) -> [String] {
        let manifest = ExportFileName.manifest
        var found = try Directory.names(in: path).filter { $0 == manifest || $0 == "\(manifest).partial" }
        for stream in ExportStream.allCases {
            let names = try Directory.names(in: "\(path)/\(stream.rawValue)")
            found += names.filter { ExportFileName.isOurs($0, in: stream) }.sorted().map { "\(stream.rawValue)/\($0)" }
        }
        return found
    }

    func path(of name: String) -> String { "\(path)/\(name)" }

    /// Removes what an earlier export left, and nothing else. The manifest goes first: after a crash, the remaining
    /// files then do not look like a whole export.
    mutating func clear() {
        for name in earlier { FileDescriptor.removeFile(path(of: name)) }
        earlier = []
    }

    /// Unlocks the directory.
    func release() { descriptor.close() }

    /// Replaces the manifest in one step: a reader sees the old one or the new one.
    func write(_ manifest: Manifest, reading intake: LineIntake, durably: Bool) throws(SystemError) {
        var writer = JSONWriter(capacity: 4096)
        manifest.write(reading: intake, to: &writer)
        let target = path(of: ExportFileName.manifest)
        try writer.withUnsafeBytes { (bytes) throws(SystemError) in
            try FileDescriptor.replaceFile(target, with: bytes, durably: durably)
        }
        if durably { try descriptor.synchronize() }
    }
}
