// SPDX-License-Identifier: Apache-2.0

import CLinux

/// A pipe's two ends, both closed on exec.
package struct Pipe: Sendable {
    /// What was written comes out here.
    package let reading: FileDescriptor
    /// What is written here comes out there.
    package let writing: FileDescriptor

    /// A new pipe.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptors left.
    package init() throws(SystemError) {
        var ends: (Int32, Int32) = (-1, -1)
        let code = withUnsafeMutableBytes(of: &ends) { vajra_pipe($0.baseAddress!.assumingMemoryBound(to: Int32.self)) }
        if code != 0 { throw SystemError("create a pipe") }
        reading = FileDescriptor(ends.0)
        writing = FileDescriptor(ends.1)
    }

    func close() {
        reading.close()
        writing.close()
    }

    /// Makes reads or writes at this end return at once instead of waiting.
    package static func makeNonBlocking(_ end: FileDescriptor) {
        _ = vajra_set_nonblocking(end.number)
    }
}
