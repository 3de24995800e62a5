// SPDX-License-Identifier: Apache-2.0

package import VajraSystem
import CLinux
import Glibc

/// The directory of this user's control sockets: `$XDG_RUNTIME_DIR/vajrapulse`, else `/run/user/UID/vajrapulse`, else
/// `/tmp/vajrapulse-UID`. Nobody else can reach what is in it.
package struct RuntimeDirectory: Sendable {
    /// The directory's path.
    package let path: String

    /// The directory at a path.
    package init(path: String) {
        self.path = path
    }

    /// The directory, which need not exist.
    package static func locate() -> RuntimeDirectory {
        let user = geteuid()
        if let base = getenv("XDG_RUNTIME_DIR").map({ String(cString: $0) }), base.utf8.first == UInt8(ascii: "/") {
            return RuntimeDirectory(path: "\(base)/vajrapulse")
        }
        let session = "/run/user/\(user)"
        if isOwn(session) { return RuntimeDirectory(path: "\(session)/vajrapulse") }
        return RuntimeDirectory(path: "/tmp/vajrapulse-\(user)")
    }

    /// Makes the directory where there is none.
    ///
    /// - Throws: ``SystemError`` naming the path; also when it is another user's, no directory, or open to others.
    package func prepare() throws(SystemError) {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw SystemError("create the directory \(path)") }
        guard RuntimeDirectory.isOwn(path, onlyOurs: true) else {
            throw SystemError("use \(path), which is not this user's alone", code: EPERM)
        }
    }

    /// The names in it that end in `.sock`, sorted; none when there is no such directory or it is not this user's.
    package func socketNames() -> [String] {
        guard RuntimeDirectory.isOwn(path, onlyOurs: true) else { return [] }
        return ((try? Directory.names(in: path)) ?? []).filter { $0.utf8.suffix(5).elementsEqual(".sock".utf8) }
            .sorted()
    }

    /// Whether it is a directory, no link, of this user; and closed to all others, if asked.
    private static func isOwn(_ path: String, onlyOurs: Bool = false) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
            return false
        }
        return !onlyOurs || status.st_mode & 0o077 == 0
    }
}
