// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import VajraModel

/// What this process uses of the machine.
package enum ProcessHealth {
    /// The resident memory in bytes; 0 when `/proc` cannot be read.
    package static func residentBytes() -> UInt64 {
        let number = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return 0 }
        defer { close(number) }
        return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
            let count = read(number, buffer.baseAddress, buffer.count)
            guard count > 0 else { return 0 }
            let fields = String(decoding: UnsafeRawBufferPointer(rebasing: buffer[0..<count]), as: UTF8.self).split(
                separator: " ")
            let pages = fields.count > 1 ? UInt64(fields[1]) ?? 0 : 0
            return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
        }
    }

    /// The processors that this process may run on.
    package static func availableProcessors() -> Int {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { mask in
            let length = vajra_affinity(mask.baseAddress, UInt(mask.count))
            return max(1, mask.prefix(max(0, length)).reduce(0) { $0 + $1.nonzeroBitCount })
        }
    }

    /// This process's id.
    package static func processID() -> Int32 {
        getpid()
    }

    /// The folder of this process's program; nil when `/proc` cannot be read.
    package static func programFolder() -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            let count = readlink("/proc/self/exe", buffer.baseAddress!, buffer.count)
            guard count > 0, count < buffer.count else { return nil }
            let path = String(
                decoding: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[0..<count]), as: UTF8.self)
            return path.cutAtLast("/")?.before
        }
    }

    /// This machine's name.
    package static func hostName() -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard gethostname(buffer.baseAddress!, buffer.count - 1) == 0 else { return "localhost" }
            buffer[buffer.count - 1] = 0
            return String(cString: buffer.baseAddress!)
        }
    }

    /// Raises the limit on open files as far as the system allows, and returns the new limit.
    @discardableResult
    package static func raiseFileLimit() -> UInt64 {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return UInt64(limit.rlim_cur)
    }
}
