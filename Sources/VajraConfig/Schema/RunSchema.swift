// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// The top level of the config file. This and the other schemas are the reference of the format.
enum RunSchema {
    static let run = ConfigType.mapping(
        RunConfig(name: "", scenarios: []),
        [
            .constant("version", "The version of this format.", .integer(1...1, example: 1), 1),
            .required(
                "name", "The run's name in reports.", .openText(example: "checkout").notEmpty().singleLine(upTo: 128),
                \.name),
            .optional("labels", "Labels of the run, by name.", labels, \.labels),
            .required(
                "scenarios", "What is done, and under which load, by name; all at the same time.", scenarios,
                \.scenarios),
            .optional("snapshots", "How the metrics are written.", snapshots, \.snapshotInterval),
            .optional("shutdown", "How the run is stopped.", shutdown, \.drain),
            .optional(
                "thresholds", "What must hold of the merged figures for the run to pass.", thresholds, \.thresholds),
        ],
        later: ["tracing", "logs"],
        example: "{version: 1, name: checkout, scenarios: {browse: \(ScenarioSchema.scenario.example)}}")

    static let thresholds = ConfigType<[Threshold]>.list(of: .threshold, example: "[failure_rate < 1%]")
        .checked { $0.count > Threshold.mostOfARun ? "must have at most \(Threshold.mostOfARun) rules" : nil }

    /// Finds thresholds about scenarios that do not exist. It looks at the written text, so that no other fault hides
    /// these.
    static func checkThresholds(_ node: ConfigNode, _ reading: inout ConfigReading) {
        guard case .list(let items)? = node["thresholds"]?.content,
            case .mapping(let scenarios)? = node["scenarios"]?.content
        else { return }
        let names = scenarios.map(\.key)
        for item in items {
            var scratch = ConfigReading(environment: reading.environment, readFile: reading.readFile)
            guard let name = ConfigType.threshold.read(item, &scratch)?.scenario, !names.contains(name) else {
                continue
            }
            reading.fault(
                "there is no scenario \(Quotation.quote(name))", at: item.place,
                hint: Spelling.hint(for: name, among: names + ["total"]))
        }
    }

    static let labels = ConfigType<[RunConfig.Label]>.named(
        "label", .openText().singleLine(), example: "{team: payments}",
        join: { $0.map { RunConfig.Label(name: $0.name, value: $0.value) } },
        split: { $0.map { ($0.name, $0.value) } },
        writeElement: { _, value, writing in writing.text(value) })

    static let scenarios = ConfigType<[ScenarioConfig]>.named(
        "scenario", ScenarioSchema.scenario, example: "{browse: \(ScenarioSchema.scenario.example)}",
        names: ScenarioSchema.names, check: ScenarioSchema.fault,
        join: { named in
            named.map { name, scenario in
                var scenario = scenario
                scenario.name = name
                return scenario
            }
        },
        split: { $0.map { ($0.name, $0) } },
        writeElement: { _, scenario, writing in ScenarioSchema.scenario.write(scenario, &writing) }
    )
    .checked(shape: .named(ScenarioSchema.scenario.shape, names: ScenarioSchema.names, atLeast: 1)) {
        $0.isEmpty ? "must have at least one scenario" : nil
    }

    /// More often, a snapshot would cost more than the load between two; less often, a lost source would go unnoticed.
    static let snapshots = ConfigType.mapping(
        TimeSpan.seconds(1),
        [
            .optional(
                "every", "How often each scenario's metrics are written.",
                .length(example: "1s").checked {
                    (.milliseconds(10)...(.seconds(3600))).contains($0) ? nil : "must be from 10ms to 1h"
                }, \.self)
        ],
        example: "{every: 1s}")

    static let shutdown = ConfigType.mapping(
        TimeSpan.seconds(3),
        [.optional("drain", "How long a stop waits for what is in flight.", .length(example: "3s"), \.self)],
        example: "{drain: 3s}")
}
