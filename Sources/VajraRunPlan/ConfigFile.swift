// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
package import VajraModel
import VajraCLI
package import VajraSystem
package import VajraTasks

/// A config file that a run can be made from: read, valid, and its load plannable.
package struct ConfigFile {
    /// Why no run can be made from it.
    package enum Failure: Error {
        /// The file cannot be read.
        case unreadable(SystemError)
        /// These are its faults, and perhaps warnings.
        case invalid(InvalidConfig)
    }

    /// The run that it describes.
    package var config: RunConfig
    /// Where each of its values came from.
    package let origins: ConfigOrigins
    /// Warnings: allowed, but probably not what the user meant.
    package let warnings: [Diagnostic]
    /// What its `http` tasks send, by their scenarios' names.
    package let requests: [String: HTTPTaskRequest]
    /// How many iterations are planned over all scenarios; nil where one of them does not say.
    package let plannedIterations: UInt64?
    /// When the last plan ends, after the run's start; nil where one has no such end.
    package let duration: TimeSpan?

    /// Reads the file, or standard input for `-`.
    package init(loading path: String) throws(Failure) {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Self.read(path)
        } catch {
            throw .unreadable(error)
        }
        var reader = ConfigReader(environment: ProcessEnvironment.variables()) { try Self.read($0) }
        do throws(InvalidConfig) {
            config = try reader.read(bytes, file: path == "-" ? "stdin" : path)
        } catch {
            // What is sound of it is looked at all the same, so that one fault hides no other.
            let further = Plans(of: error.sound, reader.origins).faults
            throw .invalid(InvalidConfig(error.diagnostics + further + reader.warnings))
        }
        (origins, warnings) = (reader.origins, reader.warnings)
        let plans = Plans(of: config.scenarios, origins)
        guard plans.faults.isEmpty else { throw .invalid(InvalidConfig(plans.faults + warnings)) }
        (requests, plannedIterations, duration) = (plans.requests, plans.iterations, plans.duration)
    }

    private static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let file = path == "-" ? FileDescriptor.standardInput : try FileDescriptor.opening(path)
        defer { if path != "-" { file.close() } }
        // One byte more than allowed, so that the reader sees that the file is too long.
        return try file.readAll(atMost: ConfigLimits.mostBytes + 1)
    }
}
