// SPDX-License-Identifier: Apache-2.0

import Testing
@testable import VajraConfig

struct SchemaTests {
    /// Every key that a config may have, with what may stand there; `!` for one that must.
    private func keys(of shape: ConfigShape, under path: String) -> [String] {
        switch shape {
        case .text, .rate, .length, .integer: return ["\(path): \(shape.kind)"]
        case .list(let item), .listWith(_, let item): return keys(of: item, under: path + "[]")
        case .named(let value, _, _): return keys(of: value, under: path + ".*")
        case .nothing: return []
        case .either(let one, let other): return keys(of: one, under: path) + keys(of: other, under: path)
        case .mapping(let members):
            return members.flatMap { keys(of: $0.shape, under: "\(path).\($0.name)\($0.isRequired ? "!" : "")") }
        case .choice(let words, let members):
            return words.map { "\(path): \($0)" } + members.flatMap { keys(of: $0.shape, under: "\(path).\($0.name)") }
        }
    }

    @Test func `the schema, as data, holds every key of the format`() {
        let length = "a length of time"
        let scenario = keys(of: ScenarioSchema.scenario.shape, under: "")
        #expect(
            keys(of: RunSchema.run.shape, under: "") == [".version!: 1", ".name!: text", ".labels.*: text"]
                + scenario.map { ".scenarios!.*\($0)" } + [
                    ".snapshots.every: \(length)", ".shutdown.drain: \(length)", ".thresholds[]: text",
                ])
        let http = ".task!.http"
        #expect(
            scenario == [
                ".task!: none", "\(http).url!: text", "\(http).method: text", "\(http).headers.*: text",
                "\(http).headers.*[]: text", "\(http).body: text", "\(http).body_file: text",
                "\(http).feeds.*.file!: text", "\(http).feeds.*.order: sequential", "\(http).feeds.*.order: random",
                "\(http).seed: a whole number from 0 to 9007199254740991", "\(http).cookies: text",
                "\(http).redirects: a whole number from 0 to 50", "\(http).expect.status: text",
                "\(http).expect.status[]: text", "\(http).expect.body_contains: text",
                "\(http).expect.headers.*: text", "\(http).expect.headers.*[]: text", "\(http).timeout: \(length)",
                "\(http).connect_timeout: \(length)", "\(http).connections: a whole number from 1 to 1000000",
                "\(http).unix_socket: text", "\(http).version: a whole number from 1 to 2",
                "\(http).streams: a whole number from 1 to 10000", "\(http).keepalive: text",
                "\(http).max_requests_per_connection: a whole number from 1 to 1000000000",
                "\(http).connect_to: text", "\(http).connect_to[]: text", "\(http).dns_refresh: \(length)",
                "\(http).source_address: text", "\(http).source_address[]: text", "\(http).tls.ca_file: text",
                "\(http).tls.cert_file: text",
                "\(http).tls.key_file: text", "\(http).tls.server_name: text", "\(http).tls.insecure: text",
                ".task!.command.argv![]: text", ".task!.command.protocol: spawn",
                ".task!.command.protocol: ndjson", ".task!.command.processes: a whole number from 1 to 4096",
                ".task!.command.timeout: \(length)", ".task!.custom.*: text", ".load![].constant.rate!: a rate",
                ".load![].constant.for!: \(length)", ".load![].ramp.from!: a rate", ".load![].ramp.to!: a rate",
                ".load![].ramp.for!: \(length)", ".load![].pause.for!: \(length)",
                ".load!.closed.concurrency!: a whole number from 1 to 10000000", ".load!.closed.think_time: \(length)",
                ".load!.closed.for: \(length)", ".load!.closed.iterations: a whole number from 1 to 9007199254740992",
                ".start: \(length)", ".arrivals: even", ".arrivals: poisson",
                ".arrivals.poisson.seed!: a whole number from 0 to 9007199254740991",
                ".max_in_flight: a whole number from 1 to 10000000", ".when_saturated: queue", ".when_saturated: drop",
            ])
    }

    private func accepts<Value>(_ type: ConfigType<Value>) throws -> Bool {
        let node = try ConfigNode(parsing: Array(type.example.utf8), file: "example")
        var reading = ConfigReading(environment: [:]) { _ in throw NoSuchFile() }
        return type.read(node, &reading) != nil && reading.faults.isEmpty
    }

    @Test func `what hints tell to write is accepted`() throws {
        #expect(try accepts(RunSchema.run))
        #expect(try accepts(RunSchema.labels) && accepts(RunSchema.snapshots) && accepts(RunSchema.shutdown))
        #expect(try accepts(ScenarioSchema.task) && accepts(ScenarioSchema.parameters))
        #expect(try accepts(HTTPSchema.http) && accepts(TLSSchema.tls) && accepts(CommandSchema.command))
        #expect(try accepts(LoadSchema.load) && accepts(LoadSchema.closed) && accepts(LoadSchema.arrivals))
    }

    @Test func `faults beyond a thousand are counted as one`() {
        let keys = (0..<5000).map { "k\($0): 1\n" }.joined()
        var reader = ConfigReader.forTests()
        let error = #expect(throws: InvalidConfig.self) { try reader.read(Array(keys.utf8), file: "c") }
        #expect(error?.diagnostics.count == 1001)
        #expect(error?.diagnostics.last?.message == "there are more faults, from here on not shown")
        #expect(error?.diagnostics.last?.place.line == 1001)
    }
}
