// SPDX-License-Identifier: Apache-2.0

package import VajraJSON

extension RunStatus {
    /// The status with the names that the stream uses too; `planned` and the like are sums over the scenarios.
    package var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("run_id", .string(runID)), ("name", .string(name)), ("source", .string(source)),
            ("tool", .string(tool)), ("tool_version", .string(toolVersion)), ("host", .string(host)),
            ("pid", .int(pid)), ("segment", .string(segment)), ("state", .string(state.rawValue)),
        ]
        if let startUnixMicroseconds { members.append(("start_unix_us", .int(startUnixMicroseconds))) }
        members.append(("elapsed_ns", .int(elapsed)))
        if let plannedDuration { members.append(("planned_duration_ns", .int(plannedDuration))) }
        if let planTotal { members.append(("plan_total", .exact(planTotal))) }
        members += total.members
        members.append(("scenarios", .object(scenarios.map { ($0.name, $0.json) })))
        return .object(members)
    }

    /// Reads what ``json`` gives; unknown members are ignored, missing figures are 0.
    ///
    /// - Throws: ``ControlFault`` if it does not name the run.
    package init(parsing value: JSONValue) throws(ControlFault) {
        func text(_ name: String) throws(ControlFault) -> String {
            guard case .string(let text)? = value[name] else {
                throw ControlFault("the status has no \(name)")
            }
            return text
        }
        guard let state = State(rawValue: try text("state")) else {
            throw ControlFault("the status has the unknown state '\(try text("state"))'")
        }
        self.init(
            runID: try text("run_id"), name: try text("name"), source: try text("source"), tool: try text("tool"),
            toolVersion: try text("tool_version"), host: try text("host"), pid: value["pid"]?.integer ?? 0,
            segment: try text("segment"), state: state)
        startUnixMicroseconds = value["start_unix_us"]?.integer
        elapsed = value["elapsed_ns"]?.integer ?? 0
        plannedDuration = value["planned_duration_ns"]?.integer
        planTotal = value["plan_total"]?.integer.flatMap(UInt64.init(exactly:))
        if case .object(let members)? = value["scenarios"] {
            scenarios = members.map { Scenario($0.0, parsing: $0.1) }
        }
    }
}

extension RunStatus.Scenario {
    fileprivate var json: JSONValue {
        var members = counts.members
        members.append(("target_rate", .double(targetRate)))
        for (key, times) in [("response_time", responseTime), ("service_time", serviceTime), ("lag", lag)] {
            if let times { members.append((key, times.json)) }
        }
        return .object(members)
    }

    fileprivate init(_ name: String, parsing value: JSONValue) {
        self.init(name: name, counts: RunStatus.Counts(parsing: value), targetRate: value["target_rate"]?.number ?? 0)
        responseTime = value["response_time"].map(RunStatus.Times.init(parsing:))
        serviceTime = value["service_time"].map(RunStatus.Times.init(parsing:))
        lag = value["lag"].map(RunStatus.Times.init(parsing:))
    }
}

extension RunStatus.Counts {
    private static let fields: [(String, any WritableKeyPath<Self, UInt64> & Sendable)] = [
        ("planned", \.planned), ("started", \.started), ("completed", \.completed), ("succeeded", \.succeeded),
        ("failed", \.failed), ("dropped", \.dropped), ("in_flight", \.inFlight),
    ]

    fileprivate var members: [(String, JSONValue)] {
        Self.fields.map { ($0.0, .exact(self[keyPath: $0.1])) }
    }

    fileprivate init(parsing value: JSONValue) {
        self.init()
        for (name, field) in Self.fields {
            self[keyPath: field] = value[name]?.integer.flatMap(UInt64.init(exactly:)) ?? 0
        }
    }
}

extension RunStatus.Times {
    fileprivate var json: JSONValue {
        .object([("p50_ns", .int(p50)), ("p99_ns", .int(p99)), ("max_ns", .int(max))])
    }

    fileprivate init(parsing value: JSONValue) {
        func time(_ name: String) -> Int64 { value[name]?.integer ?? 0 }
        self.init(p50: time("p50_ns"), p99: time("p99_ns"), max: time("max_ns"))
    }
}

extension JSONValue {
    fileprivate static func exact(_ number: UInt64) -> JSONValue { .int(Int64(clamping: number)) }

    fileprivate var integer: Int64? {
        guard case .int(let number) = self else { return nil }
        return number
    }

    fileprivate var number: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }
}
