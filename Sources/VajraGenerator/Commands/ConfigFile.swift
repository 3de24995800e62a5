// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraSystem

/// A config file on its way to a run.
enum ConfigFile {
    /// Every fault of a config.
    struct Faults: Error {
        /// One line each, with their places.
        let text: String
    }

    /// The most that a config may hold: 1 MiB.
    static let sizeLimit = 1 << 20

    /// The bytes of the file, or of standard input for `-`.
    static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let file = path == "-" ? FileDescriptor.standardInput : try FileDescriptor.opening(path)
        defer { if path != "-" { file.close() } }
        return try file.readAll(atMost: sizeLimit + 1)
    }

    /// The run that the bytes describe, or all of their faults; what is only suspicious is said on standard error.
    static func parse(_ bytes: [UInt8], name: String) -> Result<RunConfig, Faults> {
        var reader = ConfigReader(environment: ProcessEnvironment.variables()) { try read($0) }
        do throws(InvalidConfig) {
            let config = try reader.read(bytes, file: name)
            for warning in reader.warnings { FileDescriptor.standardError.print("\(warning)\n") }
            return .success(config)
        } catch {
            return .failure(Faults(text: "\(error)\n"))
        }
    }
}
