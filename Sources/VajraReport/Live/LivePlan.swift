// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraModel

/// The course of a source's run, as far as its config can be read: a config of a later version may look different.
struct LivePlan: Sendable {
    /// A stretch of a scenario's plan.
    struct Phase: Sendable {
        /// Such as `ramp 0/s to 100/s`.
        let text: String
        /// Nanoseconds.
        let length: Int64
    }

    private struct Course: Sendable {
        let start: Int64
        let phases: [Phase]
    }

    /// How long a stop waits for what is in flight, nanoseconds; nil when it is not known.
    let drain: Int64?
    private let courses: [String: Course]

    /// Reads the config's JSON.
    init(config: [UInt8]) {
        let json = (try? JSONValue(parsing: config)) ?? .null
        drain = LivePlan.length(json["shutdown"]?["drain"])
        var courses: [String: Course] = [:]
        if case .object(let scenarios) = json["scenarios"] {
            for (name, scenario) in scenarios {
                guard case .array(let load) = scenario["load"], load.count > 1 else { continue }
                let phases = load.compactMap(LivePlan.phase)
                guard phases.count == load.count else { continue }
                courses[name] = Course(start: LivePlan.length(scenario["start"]) ?? 0, phases: phases)
            }
        }
        self.courses = courses
    }

    /// Where a plan of several phases is; nil for other plans.
    func phase(of scenario: String, at elapsed: Int64) -> LiveFigures.Phase? {
        guard let course = courses[scenario] else { return nil }
        var rest = max(0, elapsed - course.start)
        for (number, phase) in course.phases.enumerated() {
            if rest < phase.length || number == course.phases.count - 1 {
                return LiveFigures.Phase(
                    number: number + 1, count: course.phases.count, text: phase.text, elapsed: min(rest, phase.length),
                    length: phase.length)
            }
            rest -= phase.length
        }
        return nil
    }

    private static func phase(_ json: JSONValue) -> Phase? {
        guard case .object(let members) = json, members.count == 1, let (kind, values) = members.first,
            let length = length(values["for"])
        else { return nil }
        var words = [kind]
        if let rate = text(values["rate"]) { words.append(rate) }
        if let from = text(values["from"]), let to = text(values["to"]) { words.append("\(from) to \(to)") }
        return Phase(text: words.joined(separator: " "), length: length)
    }

    private static func text(_ json: JSONValue?) -> String? {
        if case .string(let text) = json { return text }
        return nil
    }

    private static func length(_ json: JSONValue?) -> Int64? {
        text(json).flatMap { try? TimeSpan(parsing: $0) }?.nanoseconds
    }
}
