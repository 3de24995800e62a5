// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// A scenario: what its task is, and how it is loaded.
enum ScenarioSchema {
    static let scenario = ConfigType.mapping(
        ScenarioConfig(name: "", task: .none, load: .open(phases: [], arrivals: .even)),
        [
            .required("task", "What one iteration does.", task, \.task),
            .required(
                "load", "How iterations arrive: phases of an arrival rate, or users in a closed loop.", LoadSchema.load,
                \.load),
            .optional(
                "start", "How long after the run's start its load begins.", .length(example: "30s"), \.start),
            .optional("arrivals", "How arrivals are spread around the rate.", LoadSchema.arrivals, \.arrivals),
            .optional(
                "max_in_flight", "How many iterations may be in flight at once.",
                .integer(1...10_000_000, example: 256), \.openMaxInFlight),
            .optional(
                "when_saturated",
                "Whether arrivals wait while that many are in flight (queue), or are counted and left out (drop).",
                .words(example: .queue), \.openSaturation),
        ],
        later: ["workers"], example: "{task: none, load: \(LoadSchema.phases.example)}", finish: finish)

    static let task = ConfigType<TaskConfig>.choice(
        [
            ConfigCase("http", "An HTTP request.", HTTPSchema.http, make: TaskConfig.http) {
                if case .http(let config) = $0 { config } else { nil }
            },
            ConfigCase("command", "A command.", CommandSchema.command, make: TaskConfig.command) {
                if case .command(let config) = $0 { config } else { nil }
            },
            ConfigCase(word: "none", "Nothing: measures the generator itself.", is: { $0 == .none }, .none),
            ConfigCase(
                "custom", "The task of a program of your own, with its parameters.", parameters, make: TaskConfig.custom
            ) {
                if case .custom(let parameters) = $0 { parameters } else { nil }
            },
        ],
        later: ["tcp"], example: "{http: {url: \"http://127.0.0.1:8080/\"}}")

    /// Parameters of the user's own task. JSON has them by name, because their order means nothing.
    static let parameters = ConfigType<[String: String]>.named(
        "parameter", .text(), example: "{api: staging}",
        join: { Dictionary($0.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }) },
        split: { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } },
        writeElement: { name, value, writing in writing.text(value, named: name) })

    static let names = ConfigShape.TextForm(patterns: ["^(?!total$)[A-Za-z0-9_-]{1,64}$"])

    /// What is wrong with a scenario's name, which must fit in paths, thresholds and variables; nil if nothing is.
    @Sendable static func fault(_ name: String) -> String? {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        if !isPlain || !(1...64).contains(name.utf8.count) { return "must be 1 to 64 of A-Z a-z 0-9 _ -" }
        return name == "total" ? "stands for all scenarios together; choose another" : nil
    }

    @Sendable private static func finish(
        _ node: ConfigNode, _ scenario: inout ScenarioConfig, _ reading: inout ConfigReading
    ) {
        if case .closed = scenario.load {
            for key in ["arrivals", "max_in_flight", "when_saturated"] {
                guard let member = node.member(key) else { continue }
                reading.fault(
                    "\(key) goes with a list of phases, not with a closed load", at: member.place, hint: "leave it out")
            }
        }
        if case .closed(let concurrency, _, _, _) = scenario.load, case .http(let http) = scenario.task,
            let connections = http.connections, let places = http.places, places < concurrency,
            let place = node["task"]?["http"]?["connections"]?.place
        {
            let needed = http.version == .http1 ? concurrency : (concurrency - 1) / http.streams + 1
            reading.fault(
                http.version == .http1
                    ? "connections is \(connections), but each of \(concurrency) users needs a connection of its own"
                    : "\(connections) connections of \(http.streams) streams have no room for \(concurrency) users",
                at: place,
                hint: "write \"\(needed)\", or leave it out")
        }
        if case .http(let http) = scenario.task, let connections = http.connections,
            let limit = scenario.maxInFlight, connections > limit,
            let place = node["task"]?["http"]?["connections"]?.place
        {
            reading.warn(
                "connections is above what can be in flight, \(limit), so the rest is never opened",
                at: place, hint: "write \"\(limit)\"")
        }
    }
}

/// The keys of an open load: nil, and not settable, with a closed one.
extension ScenarioConfig {
    fileprivate var isOpen: Bool {
        if case .open = load { true } else { false }
    }

    fileprivate var arrivals: ArrivalProcess? {
        get { if case .open(_, let arrivals) = load { arrivals } else { nil } }
        set {
            if case .open(let phases, _) = load, let newValue { load = .open(phases: phases, arrivals: newValue) }
        }
    }

    fileprivate var openMaxInFlight: Int? {
        get { isOpen ? maxInFlight : nil }
        set { if let newValue { maxInFlight = newValue } }
    }

    fileprivate var openSaturation: SaturationConfig? {
        get { isOpen ? whenSaturated : nil }
        set { if let newValue { whenSaturated = newValue } }
    }
}
