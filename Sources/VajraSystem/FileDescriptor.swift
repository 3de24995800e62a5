// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// An open file, pipe or socket by its number. A plain value: the code that opened it must close it.
package struct FileDescriptor: Sendable, Hashable {
    package let number: Int32

    /// The descriptor of that number.
    package init(_ number: Int32) {
        self.number = number
    }

    package static let standardInput = FileDescriptor(0)
    package static let standardOutput = FileDescriptor(1)
    package static let standardError = FileDescriptor(2)

    /// Opens descriptors 0 to 2 where the caller has closed them, so that no other file gets these numbers. Reading
    /// from them gives the end of input; writing to them fails.
    package static func reserveStandardStreams() {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 {
            _ = Glibc.open("/dev/null", O_RDONLY)
        }
    }

    /// Whether it is a terminal, so that a person may be watching.
    package var isTerminal: Bool { isatty(number) == 1 }

    /// Whether it is a pipe, so that another process may be at the other end.
    package var isPipe: Bool {
        var status = stat()
        return fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }

    /// Connects to a listening Unix socket, waiting for it to accept.
    ///
    /// - Throws: ``SystemError`` naming the path.
    package static func connecting(to address: SocketAddress) throws(SystemError) -> FileDescriptor {
        let number = socket(address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if number < 0 { throw SystemError("create a socket") }
        guard address.withSockaddr({ connect(number, $0, address.length) }) == 0 else {
            let error = SystemError("connect to \(address)")
            _ = Glibc.close(number)
            throw error
        }
        return FileDescriptor(number)
    }

    /// Opens a file for reading.
    ///
    /// - Throws: ``SystemError`` naming the path.
    package static func opening(_ path: String) throws(SystemError) -> FileDescriptor {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        if number < 0 { throw SystemError("open \(path)") }
        return FileDescriptor(number)
    }

    /// Creates or empties a file for writing.
    ///
    /// - Throws: ``SystemError`` naming the path.
    package static func creating(_ path: String) throws(SystemError) -> FileDescriptor {
        let number = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if number < 0 { throw SystemError("create \(path)") }
        return FileDescriptor(number)
    }

    /// Whether there is a file that this user may execute.
    package static func isProgram(_ path: String) -> Bool {
        access(path, X_OK) == 0
    }

    /// Checks that this user may read a file, without opening it: a pipe can be opened only once.
    ///
    /// - Throws: ``SystemError`` naming the path.
    package static func checkReadable(_ path: String) throws(SystemError) {
        if access(path, R_OK) != 0 { throw SystemError("open \(path)") }
    }

    /// Whether there is a file, or anything else, of that path.
    package static func isThere(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Removes a file; nothing happens when there is none.
    package static func removeFile(_ path: String) {
        unlink(path)
    }

    /// Reads up to the buffer's size; 0 at the end of input. Goes on after an interruption.
    ///
    /// - Throws: ``SystemError``.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        while true {
            let count = Glibc.read(number, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw SystemError("read") }
        }
    }

    /// Reads to the end of input, or to `limit` bytes.
    ///
    /// - Throws: ``SystemError``.
    package func readAll(atMost limit: Int) throws(SystemError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: limit, alignment: 16)
        defer { buffer.deallocate() }
        var filled = 0
        while filled < limit {
            let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count == 0 { break }
            filled += count
        }
        return Array(buffer[0..<filled])
    }

    /// Writes all of the bytes, waiting as long as it takes.
    ///
    /// - Throws: ``SystemError``; `EPIPE` when the reader has gone.
    package func writeAll(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = write(number, base, rest.count)
            if count >= 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            } else if errno == EAGAIN {
                // Another process that shares the open file has made it non-blocking.
                var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                throw SystemError("write")
            }
        }
    }

    /// Writes all of the text, in as many writes as it takes. What was written before a failure stays written.
    ///
    /// - Throws: ``SystemError``.
    package func writeAll(_ text: String) throws(SystemError) {
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBufferPointer { (buffer) throws(SystemError) in
            try writeAll(UnsafeRawBufferPointer(buffer))
        }
    }

    /// Writes a short text to people, on standard error. It ignores a failure, because nowhere is left to report it.
    package func print(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            try? writeAll(UnsafeRawBufferPointer(bytes))
        }
    }

    package func close() {
        _ = Glibc.close(number)
    }
}
