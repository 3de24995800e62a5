// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
package import VajraConfig
import VajraModel

/// The flag that chooses among the scenarios of a config.
package struct ScenarioChoice: ParsableArguments {
    @Option(
        name: .customLong("scenario"),
        help: ArgumentHelp("Only this scenario of the config; repeat it.", valueName: "name"),
        completion: .custom { words, _, _ in ScenarioChoice.names(in: words) })
    package var names: [String] = []

    package init() {}

    /// The same as arguments of another process.
    package var arguments: [String] { names.map { "--scenario=\($0)" } }

    /// Leaves out the scenarios that were not chosen, and the thresholds about them.
    ///
    /// - Throws: `ValidationError` for a name that the config does not have.
    package func apply(to config: inout RunConfig) throws {
        guard !names.isEmpty else { return }
        let known = config.scenarios.map(\.name)
        for name in names where !known.contains(name) {
            throw ValidationError(
                "--scenario '\(name)': the config has no such scenario, only \(known.joined(separator: ", ")).")
        }
        config.scenarios.removeAll { !names.contains($0.name) }
        config.thresholds.removeAll { threshold in threshold.scenario.map { !names.contains($0) } ?? false }
    }

    /// The scenarios of the config that a command line names, for completion.
    private static func names(in words: [String]) -> [String] {
        let endings = [".yaml", ".yml", ".json"]
        for word in words where endings.contains(where: word.hasSuffix) {
            if let file = try? ConfigFile(loading: word) { return file.config.scenarios.map(\.name) }
        }
        return []
    }
}
