// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
package import VajraModel
import VajraPlan
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
    /// What is allowed and probably not meant.
    package let warnings: [Diagnostic]
    /// What its `http` tasks send, by their scenarios' names.
    package private(set) var requests: [String: HTTPTaskRequest] = [:]
    /// How many iterations are planned over all scenarios; nil where one of them does not say.
    package private(set) var plannedIterations: UInt64? = 0
    /// When the last plan ends, after the run's start; nil where one has no such end.
    package private(set) var duration: TimeSpan? = .zero

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
            (origins, warnings) = (reader.origins, reader.warnings)
            try plan()
        } catch {
            throw .invalid(InvalidConfig(error.diagnostics + reader.warnings))
        }
    }

    private static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let file = path == "-" ? FileDescriptor.standardInput : try FileDescriptor.opening(path)
        defer { if path != "-" { file.close() } }
        // One byte more, by which the reader sees that it is too long.
        return try file.readAll(atMost: ConfigLimits.mostBytes + 1)
    }

    /// Refuses what the schema cannot see: loads without an exact plan, requests that cannot be written.
    private mutating func plan() throws(InvalidConfig) {
        var faults: [Diagnostic] = []
        for scenario in config.scenarios {
            let path = ConfigPath("scenarios", scenario.name)
            do throws(PlanError) {
                let plan = try ScenarioPlan(scenario, segment: .whole, lanes: 1)
                plannedIterations = plannedIterations.flatMap { sum in plan.plannedTotal().map { sum + $0 } }
                duration = duration.flatMap { longest in plan.duration.map { max(longest, $0) } }
            } catch {
                var load = path.appending(.key("load"))
                if let phase = error.phase { load = load.appending(.item(phase)) }
                faults.append(fault(error.cause, error.remedy, at: load))
            }
            guard case .http(let http) = scenario.task else { continue }
            do throws(InvalidHTTPTask) {
                requests[scenario.name] = try HTTPTaskRequest(
                    http, scenario: scenario.name, toolVersion: ToolVersion.current)
            } catch {
                for error in error.errors {
                    let place = error.keys.reduce(ConfigPath("scenarios", scenario.name, "task", "http")) {
                        $0.appending(.key($1))
                    }
                    faults.append(fault(error.description, error.hint, at: place))
                }
            }
        }
        if !faults.isEmpty { throw InvalidConfig(faults) }
    }

    private func fault(_ message: String, _ hint: String, at path: ConfigPath) -> Diagnostic {
        Diagnostic(at: origins.place(of: path) ?? TextPlace(file: "config", line: 1, column: 1), message, hint: hint)
    }
}
