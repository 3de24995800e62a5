// SPDX-License-Identifier: Apache-2.0

import VajraExport
import VajraSystem

/// A file that is being written under its temporary name.
struct PartialFile {
    private let descriptor: FileDescriptor
    private let folder: String
    private let target: String
    /// The path while it is written.
    let path: String
    /// Its length in whole members, in bytes.
    private(set) var length: Int64 = 0

    /// Creates the file, and its folder when there is none.
    init(_ name: ExportFileName, in directory: ExportDirectory) throws(SystemError) {
        folder = directory.path(of: name.stream.rawValue)
        target = directory.path(of: name.description)
        path = directory.path(of: name.partial)
        try Directory.make(folder)
        descriptor = try .creatingNew(path)
    }

    /// Appends a whole member. If that fails, it cuts off the part that was written, so that the file ends with a whole
    /// member. If the cut fails too, the file still reads up to there.
    mutating func append(_ member: ArraySlice<UInt8>) throws(SystemError) {
        do throws(SystemError) {
            try member.withUnsafeBufferPointer { (bytes) throws(SystemError) in
                try descriptor.writeAll(UnsafeRawBufferPointer(bytes))
            }
            length += Int64(member.count)
        } catch {
            try? descriptor.truncate(to: length)
            throw error
        }
    }

    /// Gives the file its final name; `durably` syncs it to the disk first.
    func finish(durably: Bool) throws(SystemError) {
        defer { descriptor.close() }
        if durably { try descriptor.synchronize() }
        try FileDescriptor.rename(path, to: target)
        if durably { try Directory.synchronize(folder) }
    }

    /// Closes the file under its temporary name, because something is missing from it.
    func abandon() {
        try? descriptor.synchronize()
        descriptor.close()
    }
}
