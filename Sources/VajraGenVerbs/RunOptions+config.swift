// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraRun
import ArgumentParser
import VajraCLI
import VajraConfig
import VajraModel

extension RunOptions {
    /// What the flags say beyond the config.
    func settings(tool: String) -> RunSettings {
        var settings = RunSettings()
        settings.tool = tool
        settings.runID = course.runID.flatMap(RunID.init)
        settings.source = source
        settings.segment = segment
        settings.lanes = course.lanes
        settings.isPrecise = course.precise
        settings.iterations = course.iterations
        settings.isDrainGiven = course.drain != nil
        settings.isQuiet = quiet
        settings.isColourRefused = noColor
        settings.output = output.map { output in
            if let path = output.rest(after: "unix:") { return .unixSocket(path) }
            return output == "-" ? .standard : .file(output)
        }
        return settings
    }

    /// The flags over the config's own values.
    ///
    /// - Throws: `ValidationError` for a threshold of a scenario that the config does not have.
    func apply(to config: inout RunConfig, _ origins: inout ConfigOrigins?) throws {
        if let name = course.name {
            config.name = name
            origins?.set(ConfigPath("name"), by: "--name")
        }
        if let snapshotEvery = course.snapshotEvery {
            config.snapshotInterval = snapshotEvery
            origins?.set(ConfigPath("snapshots", "every"), by: "--snapshot-every")
        }
        if let drain = course.drain {
            config.drain = drain
            origins?.set(ConfigPath("shutdown", "drain"), by: "--drain")
        }
        for pair in course.label {
            guard let (name, value) = pair.cut(at: "=") else { continue }
            config.labels.removeAll { $0.name == name }
            config.labels.append(RunConfig.Label(name: name, value: value))
            origins?.set(ConfigPath("labels", name), by: "--label")
        }
        for threshold in try judged.thresholds() where !config.thresholds.contains(threshold) {
            if let name = threshold.scenario, !config.scenarios.contains(where: { $0.name == name }) {
                let names = config.scenarios.map(\.name).joined(separator: ", ")
                throw ValidationError("--threshold '\(threshold)': there is no scenario '\(name)', only \(names).")
            }
            let path = ConfigPath("thresholds").appending(.item(config.thresholds.count))
            config.thresholds.append(threshold)
            origins?.set(path, by: "--threshold")
        }
        guard config.thresholds.count <= Threshold.mostOfARun else {
            throw ValidationError("--threshold: with those of the config there are over \(Threshold.mostOfARun).")
        }
    }

    /// A run of one scenario, made from flags alone.
    func config(task: TaskConfig, name: String, load: LoadOptions) throws -> RunConfig {
        var scenario = ScenarioConfig(name: name, task: task, load: try load.load())
        if let limit = load.maxInFlight { scenario.maxInFlight = limit }
        scenario.whenSaturated = load.whenSaturated
        var config = RunConfig(name: name, scenarios: [scenario])
        var origins: ConfigOrigins?
        try apply(to: &config, &origins)
        return config
    }
}
