// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The environment that this process was started with.
package enum ProcessEnvironment {
    /// `NAME=value`, in its order.
    package static func entries() -> [String] {
        var list: [String] = []
        var entry = environ
        while let text = entry.pointee {
            list.append(String(cString: text))
            entry += 1
        }
        return list
    }

    /// The variables by name; of a name given twice the first counts, as for `getenv`.
    package static func variables() -> [String: String] {
        var variables: [String: String] = [:]
        for entry in entries() {
            guard let equals = entry.firstIndex(of: "=") else { continue }
            let name = String(entry[..<equals])
            if variables[name] == nil { variables[name] = String(entry[entry.index(after: equals)...]) }
        }
        return variables
    }
}
