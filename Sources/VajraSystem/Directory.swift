// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import VajraModel

/// A directory of files.
package enum Directory {
    /// Makes a directory, with those above it; nothing happens where there is one.
    ///
    /// - Throws: ``SystemError`` naming the one that cannot be made.
    package static func make(_ path: String) throws(SystemError) {
        if isDirectory(path) { return }
        if let above = Substring(path.utf8.dropLast()).cutAtLast("/")?.before, !above.isEmpty { try make(above) }
        if mkdir(path, 0o755) == 0 { return }
        let error = SystemError("create the directory \(path)")
        guard error.code == EEXIST, isDirectory(path) else { throw error }
    }

    /// Removes a directory that is empty; nothing happens to one that is not.
    package static func removeIfEmpty(_ path: String) {
        rmdir(path)
    }

    /// Whether there is a directory of that name.
    package static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a directory, without `.` and `..`; none when there is no such directory.
    ///
    /// - Throws: ``SystemError`` naming a directory that cannot be read.
    package static func names(in path: String) throws(SystemError) -> [String] {
        guard let directory = opendir(path) else {
            if errno == ENOENT { return [] }
            throw SystemError("read the directory \(path)")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            // The name has no fixed length: it ends at its NUL, within or beyond the declared array.
            let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name)!
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let text = String(cString: name)
            if text != ".", text != ".." { names.append(text) }
        }
        return names
    }

    /// Opens a directory, to lock or to sync it.
    ///
    /// - Throws: ``SystemError`` naming the path.
    package static func opening(_ path: String) throws(SystemError) -> FileDescriptor {
        let number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if number < 0 { throw SystemError("open \(path)") }
        return FileDescriptor(number)
    }

    /// Locks the directory for this process until the descriptor is closed; false when another process holds the lock.
    ///
    /// - Throws: ``SystemError``.
    package static func lock(_ directory: FileDescriptor) throws(SystemError) -> Bool {
        if vajra_lock_exclusively(directory.number) == 0 { return true }
        if errno == EWOULDBLOCK { return false }
        throw SystemError("lock the directory")
    }

    /// Waits until everything that was created, renamed or removed in the directory is on the disk.
    ///
    /// - Throws: ``SystemError`` naming the path.
    package static func synchronize(_ path: String) throws(SystemError) {
        let descriptor = try opening(path)
        defer { descriptor.close() }
        try descriptor.synchronize()
    }
}
