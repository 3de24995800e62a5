// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// An open file, pipe or socket by its number. A plain value: who opened it closes it.
package struct FileDescriptor: Sendable, Hashable {
    /// The number.
    package let number: Int32

    /// The descriptor of that number.
    package init(_ number: Int32) {
        self.number = number
    }

    /// Standard input.
    package static let standardInput = FileDescriptor(0)
    /// Standard output.
    package static let standardOutput = FileDescriptor(1)
    /// Standard error.
    package static let standardError = FileDescriptor(2)

    /// Fills the places of standard streams that the caller has closed, so that no file of ours lands there: reading
    /// them gives the end of input, writing to them fails.
    package static func reserveStandardStreams() {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 {
            _ = Glibc.open("/dev/null", O_RDONLY)
        }
    }

    /// Whether a person is looking.
    package var isTerminal: Bool { isatty(number) == 1 }

    /// Whether the other end is another process's.
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
                // Someone who shares the open file has made it non-blocking.
                var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                throw SystemError("write")
            }
        }
    }

    /// Writes all of the text, however often it takes; what was written before a failure stays.
    ///
    /// - Throws: ``SystemError``.
    package func writeAll(_ text: String) throws(SystemError) {
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBufferPointer { (buffer) throws(SystemError) in
            try writeAll(UnsafeRawBufferPointer(buffer))
        }
    }

    /// Writes text, for the few words to people on standard error; a failure is nobody's to hear.
    package func print(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            try? writeAll(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Closes the descriptor.
    package func close() {
        _ = Glibc.close(number)
    }
}
