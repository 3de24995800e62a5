// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraModel

/// `run_started`: a source has started, and this is what it will do.
package struct RunStarted: Sendable, Equatable {
    /// One scenario's plan, as this source has it.
    package struct Scenario: Sendable, Equatable {
        /// The scenario's name.
        package var name: String
        /// `open` or `closed`.
        package var model: String
        /// Iterations that this source is to start; nil when the plan does not say (closed model).
        package var planned: UInt64?
        /// From the run's start to the plan's end, nanoseconds; 0 where only a number of iterations ends it.
        package var plannedDuration: Int64
        /// How many iterations of this source may be in flight.
        package var maxInFlight: Int
        /// How long after the run's start the plan begins, nanoseconds.
        package var start: Int64 = 0
        /// What is put under load, such as a URL; empty when the source does not say.
        package var target = ""
        /// The whole run's load in words; empty when the source does not say.
        package var load = ""

        package init(name: String, model: String, planned: UInt64?, plannedDuration: Int64, maxInFlight: Int) {
            self.name = name
            self.model = model
            self.planned = planned
            self.plannedDuration = plannedDuration
            self.maxInFlight = maxInFlight
        }
    }

    /// The run's name from its config.
    package var name: String
    /// The tool's name and version.
    package var tool: String
    package var toolVersion: String
    /// The machine and the process.
    package var host: String
    package var pid: Int64
    /// How many processors the process may use, and how many lanes it has.
    package var processors: Int
    package var lanes: Int
    /// The plan's instant 0, microseconds since the Unix epoch.
    package var startUnixMicroseconds: Int64
    /// The length of a snapshot's interval in nanoseconds.
    package var snapshotInterval: Int64
    /// This source's share of the plan, such as `1/3`.
    package var segment: String
    package var labels: [(String, String)]
    package var scenarios: [Scenario]
    /// The resolved config as JSON, secrets redacted, and the SHA-256 of those bytes.
    package var config: [UInt8]
    package var configSHA256: String
    /// Where each value of the config came from, by its path, without defaults; may be empty.
    package var configOrigins: [(path: String, origin: String)] = []
    /// What must hold of the merged figures for the run to pass, as it is written in configs.
    package var thresholds: [String] = []
    /// What readers of the figures must know, a sentence each; empty for most runs.
    package var notes: [String] = []

    /// A description of a source and its plan.
    package init(
        name: String, tool: String, toolVersion: String, host: String, pid: Int64, processors: Int, lanes: Int,
        startUnixMicroseconds: Int64, snapshotInterval: Int64, segment: String, labels: [(String, String)],
        scenarios: [Scenario], config: [UInt8], configSHA256: String
    ) {
        self.name = name
        self.tool = tool
        self.toolVersion = toolVersion
        self.host = host
        self.pid = pid
        self.processors = processors
        self.lanes = lanes
        self.startUnixMicroseconds = startUnixMicroseconds
        self.snapshotInterval = snapshotInterval
        self.segment = segment
        self.labels = labels
        self.scenarios = scenarios
        self.config = config
        self.configSHA256 = configSHA256
    }

    package static func == (left: RunStarted, right: RunStarted) -> Bool {
        left.bytes == right.bytes
    }

    private var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        encode(into: &writer)
        writer.endObject()
        return writer.bytes
    }
}

extension RunStarted {
    func encode(into writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("tool", tool)
        writer.field("tool_version", toolVersion)
        writer.field("host", host)
        writer.field("pid", pid)
        writer.field("processors", processors)
        writer.field("lanes", lanes)
        writer.field("start_unix_us", startUnixMicroseconds)
        writer.field("snapshot_every_ns", snapshotInterval)
        writer.field("segment", segment)
        writer.key("labels")
        writer.beginObject()
        for (key, value) in labels {
            writer.key(key)
            writer.value(value)
        }
        writer.endObject()
        writer.key("scenarios")
        writer.beginObject()
        for scenario in scenarios {
            writer.key(scenario.name)
            writer.beginObject()
            writer.field("model", scenario.model)
            if let planned = scenario.planned { writer.field("planned", planned) }
            writer.field("planned_ns", scenario.plannedDuration)
            writer.field("max_in_flight", scenario.maxInFlight)
            if scenario.start > 0 { writer.field("start_ns", scenario.start) }
            if !scenario.target.isEmpty { writer.field("target", scenario.target) }
            if !scenario.load.isEmpty { writer.field("load", scenario.load) }
            writer.endObject()
        }
        writer.endObject()
        writer.key("config")
        writer.rawValue(config)
        writer.field("config_sha256", configSHA256)
        if !configOrigins.isEmpty {
            writer.key("config_origins")
            writer.beginObject()
            for (path, origin) in configOrigins {
                writer.key(path)
                writer.value(origin)
            }
            writer.endObject()
        }
        if !thresholds.isEmpty {
            writer.key("thresholds")
            writer.beginArray()
            for threshold in thresholds { writer.value(threshold) }
            writer.endArray()
        }
        if !notes.isEmpty {
            writer.key("notes")
            writer.beginArray()
            for note in notes { writer.value(note) }
            writer.endArray()
        }
    }

    init(decoding scanner: inout JSONScanner) throws(WireError) {
        self.init(
            name: "", tool: "", toolVersion: "", host: "", pid: 0, processors: 0, lanes: 0, startUnixMicroseconds: 0,
            snapshotInterval: 0, segment: "1/1", labels: [], scenarios: [], config: [], configSHA256: "")
        var required = RequiredFields("start_unix_us", "scenarios")
        do throws(JSONError) {
            try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
                required.note(key)
                switch key {
                case "name": name = try value.readString()
                case "tool": tool = try value.readString()
                case "tool_version": toolVersion = try value.readString()
                case "host": host = try value.readString()
                case "pid": pid = try value.readAmount()
                case "processors": processors = Int(try value.readAmount())
                case "lanes": lanes = Int(try value.readAmount())
                case "start_unix_us": startUnixMicroseconds = try value.readAmount()
                case "snapshot_every_ns": snapshotInterval = try value.readAmount()
                case "segment": segment = try value.readString()
                case "config": config = Array(try value.rawValue())
                case "config_sha256": configSHA256 = try value.readString()
                case "config_origins":
                    try value.readObject { (path: JSONKey, value: inout JSONScanner) throws(JSONError) in
                        configOrigins.append((String(path), try value.readString()))
                    }
                case "thresholds":
                    try value.readArray { (value) throws(JSONError) in thresholds.append(try value.readString()) }
                case "notes":
                    try value.readArray { (value) throws(JSONError) in notes.append(try value.readString()) }
                case "labels":
                    try value.readObject { (label: JSONKey, value: inout JSONScanner) throws(JSONError) in
                        labels.append((String(label), try value.readString()))
                    }
                case "scenarios":
                    try value.readObject { (name: JSONKey, value: inout JSONScanner) throws(JSONError) in
                        scenarios.append(try Scenario(name: String(name), decoding: &value))
                    }
                default: try value.skipValue()
                }
            }
        } catch {
            throw .json(error)
        }
        try required.check()
    }
}

extension RunStarted.Scenario {
    fileprivate init(name: String, decoding scanner: inout JSONScanner) throws(JSONError) {
        self.init(name: name, model: "open", planned: nil, plannedDuration: 0, maxInFlight: 0)
        try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
            switch key {
            case "model": model = try value.readString()
            case "planned": planned = try value.readCount()
            case "start_ns": start = try value.readAmount()
            case "planned_ns": plannedDuration = try value.readAmount()
            case "max_in_flight": maxInFlight = Int(try value.readAmount())
            case "target": target = try value.readString()
            case "load": load = try value.readString()
            default: try value.skipValue()
            }
        }
    }
}
