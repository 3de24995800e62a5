// SPDX-License-Identifier: Apache-2.0

import VajraConfig

/// Why a file of the tests cannot be read.
struct NoSuchFile: Error, CustomStringConvertible {
    var description: String { "No such file or directory" }
}

extension ConfigReader {
    static let files: [String: [UInt8]] = [
        "secret": Array("s3cr3t\n".utf8), "rate": Array("5/s".utf8), "binary": [0xFF, 0xFE], "empty": [],
        "windows": Array("s3cr3t\r\n".utf8), "braces": Array("s3cr3t {{cell}}\n".utf8),
    ]

    /// A reader in a world of its own: a few variables, a few files.
    static func forTests(_ environment: [String: String] = ["WORD": "word", "EMPTY": ""]) -> ConfigReader {
        ConfigReader(environment: environment) { path in
            guard let content = files[path] else { throw NoSuchFile() }
            return content
        }
    }
}
