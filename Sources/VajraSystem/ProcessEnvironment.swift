// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraModel

/// The environment that this process was started with.
package enum ProcessEnvironment {
    /// `NAME=value` in the environment's order, each with its NUL. These are bytes: they need not be UTF-8.
    static func entries() -> [[CChar]] {
        var list: [[CChar]] = []
        var entry = environ
        while let text = entry.pointee {
            list.append(Array(UnsafeBufferPointer(start: text, count: strlen(text) + 1)))
            entry += 1
        }
        return list
    }

    /// The variables by name. If a name is there twice, the first counts, as for `getenv`.
    package static func variables() -> [String: String] {
        var variables: [String: String] = [:]
        for entry in entries() {
            guard let (name, value) = entry.withUnsafeBufferPointer({ String(cString: $0.baseAddress!) }).cut(at: "=")
            else { continue }
            if variables[name] == nil { variables[name] = value }
        }
        return variables
    }
}
