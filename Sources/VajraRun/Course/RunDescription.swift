// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import Glibc
import VajraCLI
import VajraConfig
import VajraModel
import VajraSystem
import VajraWire

/// The facts about a run in this process that are fixed once it has been planned.
struct RunDescription {
    let config: RunConfig
    let settings: RunSettings
    let runID: RunID
    let source: String
    let lanes: Int
    let scenarios: [ScenarioPlan]
    let anchor: ClockAnchor

    var drain: TimeSpan { config.drain }
    var snapshotInterval: TimeSpan { config.snapshotInterval }

    /// How long the end of the plan waits for what is in flight: the longest timeout of the tasks, 30 s for a task
    /// without one. Nil when the user has set a drain, which is then the limit.
    var patience: TimeSpan? {
        if settings.isDrainGiven { return nil }
        let longest = config.scenarios.map { RunDescription.timeout(of: $0.task).nanoseconds }.max() ?? 0
        // The timeout itself needs a moment to be noticed.
        return TimeSpan(nanoseconds: longest + 100_000_000)
    }

    private static func timeout(of task: TaskConfig) -> TimeSpan {
        switch task {
        case .none: .zero
        case .http(let http): http.timeout
        case .command(let command): command.timeout
        case .custom: .seconds(30)
        }
    }

    private static let mostConfigBytes = 40 * 1024

    /// The config, shortened to fit a line. Its hash still identifies a long one.
    private static func shortened(_ json: [UInt8]) -> [UInt8] {
        json.count <= mostConfigBytes ? json : Array("{\"left_out_bytes\":\(json.count)}".utf8)
    }

    /// The beginning of a text, if all of it would be too long for the line.
    private static func fitting(_ text: String) -> String {
        guard text.utf8.count > 200 else { return text }
        var short = String.UnicodeScalarView()
        var length = 0
        for scalar in text.unicodeScalars {
            length += UTF8.width(scalar)
            if length > 197 { break }
            short.append(scalar)
        }
        return String(short) + "…"
    }

    /// Where the config's values came from; empty if they would not fit beside it.
    private func origins(besides bytes: Int) -> [(path: String, origin: String)] {
        guard let origins = settings.origins else { return [] }
        let all = config.explained(by: origins).filter { $0.origin != .builtIn }
            .map { (path: $0.path.description, origin: $0.origin.description) }
        let size = all.reduce(0) { $0 + $1.path.utf8.count + $1.origin.utf8.count + 6 }
        return bytes + size <= RunDescription.mostConfigBytes ? all : []
    }

    /// Facts that a reader must know to judge the figures.
    private var notes: [String] {
        config.scenarios.compactMap { scenario in
            guard case .http(let http) = scenario.task, http.tls.isInsecure, http.mayUseTLS else { return nil }
            return "\(scenario.name): the server's certificate was not verified (insecure)"
        }
    }

    /// The first line of the stream.
    func started(startUnixMicroseconds: Int64) -> RunStarted {
        let json = config.json()
        var line = RunStarted(
            name: config.name, tool: settings.tool, toolVersion: ToolVersion.current, host: ProcessHealth.hostName(),
            pid: Int64(getpid()), processors: ProcessHealth.availableProcessors(), lanes: lanes,
            startUnixMicroseconds: startUnixMicroseconds, snapshotInterval: snapshotInterval.nanoseconds,
            segment: "\(settings.segment)", labels: config.labels.map { ($0.name, $0.value) },
            scenarios: scenarios.map { plan in
                var scenario = RunStarted.Scenario(
                    name: plan.config.name, model: plan.isOpen ? "open" : "closed", planned: plan.plannedTotal(),
                    plannedDuration: plan.duration?.nanoseconds ?? 0, maxInFlight: plan.maxInFlight)
                scenario.start = plan.config.start.nanoseconds
                scenario.target = RunDescription.fitting(plan.config.target(disguises: config.disguises))
                scenario.load = RunDescription.fitting(plan.config.loadInWords)
                return scenario
            },
            config: RunDescription.shortened(json), configSHA256: SHA256.hexadecimal(of: json))
        line.configOrigins = origins(besides: json.count)
        line.thresholds = config.thresholds.map(\.description)
        line.notes = notes
        return line
    }
}
