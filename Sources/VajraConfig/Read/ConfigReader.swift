// SPDX-License-Identifier: Apache-2.0

/// Reads a config: bytes in, a `RunConfig` or all of its faults out. It opens no file and asks no environment itself.
package struct ConfigReader {
    private let environment: [String: String]
    private let readFile: (String) throws -> [UInt8]

    /// Warnings about the last config, in the order of their places.
    package private(set) var warnings: [Diagnostic] = []
    /// Where each value of the last config came from.
    package private(set) var origins = ConfigOrigins(nil)

    /// - Parameters:
    ///   - environment: The variables for `${NAME}` and the values of `VAJRA_<PATH>`.
    ///   - readFile: Reads PATH for `${file:PATH}`. Its error's description should say why, as in "No such file or
    ///     directory".
    package init(environment: [String: String], readFile: @escaping (String) throws -> [UInt8]) {
        self.environment = environment
        self.readFile = readFile
    }

    /// Reads YAML or JSON; messages call it `file`. Throws all faults at once.
    package mutating func read(_ bytes: [UInt8], file: String) throws(InvalidConfig) -> RunConfig {
        (warnings, origins) = ([], ConfigOrigins(nil))
        let node = try ConfigNode(parsing: bytes, file: file)
        var reading = ConfigReading(environment: environment, readFile: readFile)
        let tree = reading.overriding(node, RunSchema.run.shape)
        origins = ConfigOrigins(tree)
        let config = RunSchema.run.read(tree, &reading)
        RunSchema.checkThresholds(tree, &reading)
        warnings = reading.warnings.inOrderOfPlace()
        guard var config, reading.faultCount == 0 else {
            throw InvalidConfig(reading.faults, sound: soundScenarios(tree))
        }
        config.disguises = reading.disguises
        return config
    }

    /// Those scenarios that can be read by themselves.
    private func soundScenarios(_ tree: ConfigNode) -> [ScenarioConfig] {
        guard case .mapping(let members)? = tree["scenarios"]?.content else { return [] }
        return members.compactMap { member in
            var reading = ConfigReading(environment: environment, readFile: readFile)
            guard var scenario = ScenarioSchema.scenario.read(member.value, &reading), reading.faultCount == 0 else {
                return nil
            }
            scenario.name = member.key
            return scenario
        }
    }
}
