// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraModel

extension RunOptions {
    /// What the flags say beyond the config.
    func settings(tool: String) -> RunSettings {
        var settings = RunSettings()
        settings.tool = tool
        settings.runID = runID.flatMap(RunID.init)
        settings.source = source
        settings.segment = segment
        settings.lanes = lanes
        settings.isPrecise = precise
        settings.iterations = iterations
        settings.isQuiet = quiet
        switch output {
        case "-": settings.output = .standard
        case let path where path.hasPrefix("unix:"): settings.output = .unixSocket(String(path.dropFirst(5)))
        default: settings.output = .file(output)
        }
        return settings
    }

    /// The flags over the config's own values.
    func apply(to config: inout RunConfig) {
        if let name { config.name = name }
        if let snapshotEvery { config.snapshotInterval = snapshotEvery }
        if let drain { config.drain = drain }
        for pair in label {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            config.labels.removeAll { $0.name == parts[0] }
            config.labels.append(RunConfig.Label(name: parts[0], value: parts[1]))
        }
    }

    /// A run of one scenario, made from flags alone.
    func config(task: TaskConfig, name: String, load: LoadOptions) throws -> RunConfig {
        var scenario = ScenarioConfig(name: name, task: task, load: try load.load())
        if let limit = load.maxInFlight { scenario.maxInFlight = limit }
        scenario.whenSaturated = load.whenSaturated
        var config = RunConfig(name: name, scenarios: [scenario])
        apply(to: &config)
        return config
    }
}
