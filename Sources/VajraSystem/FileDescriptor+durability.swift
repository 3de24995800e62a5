// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

extension FileDescriptor {
    /// Creates a new file for writing.
    ///
    /// - Throws: ``SystemError`` naming the path; `EEXIST` when there is one.
    package static func creatingNew(_ path: String) throws(SystemError) -> FileDescriptor {
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        if number < 0 { throw SystemError("create \(path)") }
        return FileDescriptor(number)
    }

    /// Waits until everything written is on the disk.
    ///
    /// - Throws: ``SystemError``; what was written since the last call may then be lost.
    package func synchronize() throws(SystemError) {
        while fsync(number) != 0 {
            // Not every file system can sync directories.
            if errno == EINVAL { return }
            if errno != EINTR { throw SystemError("fsync") }
        }
    }

    /// Cuts the file off after `length` bytes and goes on writing there.
    ///
    /// - Throws: ``SystemError``.
    package func truncate(to length: Int64) throws(SystemError) {
        if ftruncate(number, off_t(length)) != 0 { throw SystemError("truncate") }
        if lseek(number, off_t(length), SEEK_SET) < 0 { throw SystemError("seek") }
    }

    /// Renames a file in one step, and replaces a file that has the new name.
    ///
    /// - Throws: ``SystemError`` naming both.
    package static func rename(_ path: String, to newPath: String) throws(SystemError) {
        if Glibc.rename(path, newPath) != 0 { throw SystemError("rename \(path) to \(newPath)") }
    }

    /// Replaces a file in one step: a reader sees the old one or the new one.
    ///
    /// - Parameter durably: Whether its content is on the disk when this returns.
    /// - Throws: ``SystemError`` naming the path; the old file is then unchanged.
    package static func replaceFile(
        _ path: String, with bytes: UnsafeRawBufferPointer, durably: Bool
    ) throws(SystemError) {
        let partial = "\(path).partial"
        let file = try creating(partial)
        defer { file.close() }
        do throws(SystemError) {
            try file.writeAll(bytes)
            if durably { try file.synchronize() }
            try rename(partial, to: path)
        } catch {
            removeFile(partial)
            throw SystemError("\(path): \(error.action)", code: error.code)
        }
    }
}
