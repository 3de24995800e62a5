// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraConfig
import VajraModel
import VajraPlan

/// A scenario under `s`, and what it must become.
struct GoodCase: Sendable, CustomTestStringConvertible {
    let story: String
    let scenario: String
    let expected: ScenarioConfig

    var testDescription: String { story }

    init(
        _ story: String, _ scenario: String, task: TaskConfig = .none,
        load: LoadConfig = .open(phases: [.once], arrivals: .even),
        _ change: (inout ScenarioConfig) -> Void = { _ in }
    ) {
        self.story = story
        self.scenario = scenario
        var expected = ScenarioConfig(name: "s", task: task, load: load)
        change(&expected)
        self.expected = expected
    }

    private static let load = "load: [{constant: {rate: 1/s, for: 1s}}]"

    private static func http(_ change: (inout HTTPTaskConfig) -> Void) -> TaskConfig {
        var config = HTTPTaskConfig(url: "http://h/")
        change(&config)
        return .http(config)
    }

    private static func command(_ arguments: [String], _ change: (inout CommandTaskConfig) -> Void = { _ in })
        -> TaskConfig
    {
        var config = CommandTaskConfig(arguments: arguments)
        change(&config)
        return .command(config)
    }

    static let all = [
        GoodCase("none as a word", "{task: none, \(load)}"),
        GoodCase("none as an empty mapping", "{task: {none: {}}, \(load)}"),
        GoodCase("none as a key alone", "\n    task:\n      none:\n    \(load)"),
        GoodCase("an http task in short", "{task: {http: {url: http://h/}}, \(load)}", task: http { _ in }),
        GoodCase(
            "an http task in full",
            """
            {task: {http: {url: "http://h/", method: POST, headers: {Accept: [a, b], X-A: ''}, body: "{\\"a\\": 1}\\n",
                timeout: 1m, connect_timeout: 250ms, connections: 64, unix_socket: /run/a.sock,
                expect: {status: [200, 201, 300-399], body_contains: "ok", headers: {ETag: ""}}}}, \(load)}
            """,
            task: http {
                $0.method = "POST"
                $0.headers = [("Accept", "a"), ("Accept", "b"), ("X-A", "")].map(HTTPTaskConfig.Header.init)
                $0.body = "{\"a\": 1}\n"
                $0.timeout = .seconds(60)
                $0.connectTimeout = .milliseconds(250)
                $0.connections = 64
                $0.unixSocket = "/run/a.sock"
                $0.expect.statuses = [200...200, 201...201, 300...399]
                $0.expect.bodyContains = "ok"
                $0.expect.headers = [HTTPTaskConfig.Header(name: "ETag", value: "")]
            }),
        GoodCase(
            "one status", "{task: {http: {url: http://h/, expect: {status: 204}}}, \(load)}",
            task: http { $0.expect.statuses = [204...204] }),
        GoodCase(
            "a range of statuses", "{task: {http: {url: http://h/, expect: {status: \"200-299\"}}}, \(load)}",
            task: http { $0.expect.statuses = [200...299] }),
        GoodCase(
            "a url in capitals, over a socket in its host",
            "{task: {http: {url: \"HTTP+UNIX://%2Frun%2Fa/\"}}, \(load)}",
            task: http { $0.url = "HTTP+UNIX://%2Frun%2Fa/" }),
        GoodCase(
            "a body of several lines",
            "\n    task:\n      http:\n        url: http://h/\n        body: |\n          a\n          b\n    \(load)",
            task: http { $0.body = "a\nb\n" }),
        GoodCase(
            "a command in short", "{task: {command: {argv: [a, -b, '', 3, \"\\n\"]}}, \(load)}",
            task: command(["a", "-b", "", "3", "\n"])),
        GoodCase(
            "a command in full",
            "{task: {command: {argv: [a], protocol: ndjson, processes: 4, timeout: 1.5s}}, \(load)}",
            task: command(["a"]) {
                $0.style = .ndjson
                $0.processes = 4
                $0.timeout = .milliseconds(1500)
            }),
        GoodCase(
            "a custom task, whose values are texts by any looks",
            "{task: {custom: {api: x, n: 010, y: yes, 5: ~x}}, \(load)}",
            task: .custom(["api": "x", "n": "010", "y": "yes", "5": "~x"])),
        GoodCase("a custom task without parameters", "{task: {custom: {}}, \(load)}", task: .custom([:])),
        GoodCase(
            "phases of all kinds",
            "{task: none, load: [{ramp: {from: 0/s, to: 10k/s, for: 1m30s}}, {pause: {for: 1s}}, {constant: {rate: 30/m, for: 1h}}]}",
            load: .open(
                phases: [
                    .ramp(from: .zero, to: ArrivalRate(perSecond: 10_000)!, for: .seconds(90)),
                    .pause(for: .seconds(1)),
                    .constant(rate: ArrivalRate(iterations: 30, per: .seconds(60))!, for: .seconds(3600)),
                ], arrivals: .even)),
        GoodCase(
            "poisson arrivals with a seed, before their load", "{task: none, arrivals: {poisson: {seed: 42}}, \(load)}",
            load: .open(phases: [.once], arrivals: .poisson(seed: 42))),
        GoodCase(
            "poisson arrivals with the seed of the scenario's name", "{task: none, arrivals: poisson, \(load)}",
            load: .open(phases: [.once], arrivals: .poisson(seed: 42_696_393))),
        GoodCase("limits of an open load", "{task: none, \(load), max_in_flight: 1000, when_saturated: drop}") {
            $0.maxInFlight = 1000
            $0.whenSaturated = .drop
        },
        GoodCase("numbers in quotes", "{task: none, \(load), max_in_flight: \"1000\"}") { $0.maxInFlight = 1000 },
        GoodCase(
            "a closed load in short", "{task: none, load: {closed: {concurrency: 64, for: 30s}}}",
            load: .closed(concurrency: 64, thinkTime: .zero, duration: .seconds(30), iterations: nil)),
        GoodCase(
            "a closed load in full",
            "{task: none, load: {closed: {concurrency: 1000, think_time: 1ms, for: 1h, iterations: 9007199254740992}}}",
            load: .closed(concurrency: 1000, thinkTime: .milliseconds(1), duration: .seconds(3600), iterations: 1 << 53)
        ),
    ]
}

extension LoadPhase {
    fileprivate static let once = LoadPhase.constant(rate: ArrivalRate(perSecond: 1)!, for: .seconds(1))
}

struct ReadingTests {
    private func read(_ text: String) throws -> RunConfig {
        var reader = ConfigReader.forTests()
        return try reader.read(Array(text.utf8), file: "c.yaml")
    }

    @Test(arguments: GoodCase.all)
    func `a good config becomes what it says, and again when it is written`(_ row: GoodCase) throws {
        let config = try read("version: 1\nname: c\nscenarios:\n  s: \(row.scenario)\n")
        #expect(config.scenarios == [row.expected])
        #expect(try read(String(decoding: config.json(), as: UTF8.self)) == config)
    }

    @Test func `the design's example, without what later versions bring, becomes its run`() throws {
        let config = try read(
            """
            version: 1
            name: checkout
            labels: {team: payments, env: staging}
            scenarios:
              browse:
                task:
                  http: {method: GET, url: "${TARGET:-http://127.0.0.1:8080}/items", expect: {status: 200, body_contains: items}, timeout: 2s, connections: 64}
                load:
                  - ramp: {from: 100/s, to: 10k/s, for: 30s}
                  - constant: {rate: 10k/s, for: 2m}
                arrivals: even            # or poisson
                max_in_flight: 1000
                when_saturated: queue     # or drop (counted)
              search:
                task: {command: {argv: [./search.py], protocol: ndjson, processes: 4}}
                load: [{constant: {rate: 50/s, for: 2m30s}}]
            snapshots: {every: 1s}
            shutdown: {drain: 3s}
            """)
        let (slow, fast) = (ArrivalRate(perSecond: 100)!, ArrivalRate(perSecond: 10_000)!)
        var http = HTTPTaskConfig(url: "http://127.0.0.1:8080/items")
        http.expect.statuses = [200...200]
        http.expect.bodyContains = "items"
        http.timeout = .seconds(2)
        http.connections = 64
        var browse = ScenarioConfig(
            name: "browse", task: .http(http),
            load: .open(
                phases: [.ramp(from: slow, to: fast, for: .seconds(30)), .constant(rate: fast, for: .seconds(120))],
                arrivals: .even))
        browse.maxInFlight = 1000
        var command = CommandTaskConfig(arguments: ["./search.py"])
        command.style = .ndjson
        command.processes = 4
        let search = ScenarioConfig(
            name: "search", task: .command(command),
            load: .open(
                phases: [.constant(rate: ArrivalRate(perSecond: 50)!, for: .seconds(150))], arrivals: .even))
        var expected = RunConfig(name: "checkout", scenarios: [browse, search])
        expected.labels = [("team", "payments"), ("env", "staging")].map(RunConfig.Label.init)
        #expect(config == expected)
        guard case .open(let phases, let arrivals) = config.scenarios[0].load else { return }
        #expect(try ArrivalPlan(phases: phases, arrivals: arrivals).expectedTotal == 1_351_500)
    }

    @Test func `JSON and YAML of the same config are the same`() throws {
        let yaml =
            "version: 1\nname: c\nscenarios:\n  s:\n    task: none\n    load:\n    - constant: {rate: 1/s, for: 1s}\n"
        let json =
            #"{"version":1,"name":"c","scenarios":{"s":{"task":"none","load":[{"constant":{"rate":"1/s","for":"1s"}}]}}}"#
        #expect(try read(yaml) == read(json))
        #expect(try read("\u{FEFF}" + yaml.replacing("\n", with: "\r\n")) == read(json))
    }

    @Test func `an alias stands for what its anchor holds`() throws {
        let config = try read(
            "version: 1\nname: c\nscenarios:\n  a: &a {task: none, load: [{constant: {rate: 1/s, for: 1s}}]}\n  b: *a\n"
        )
        #expect(config.scenarios.map(\.name) == ["a", "b"])
        #expect(config.scenarios[0].load == config.scenarios[1].load)
    }

    @Test func `defaults are those of the types, and drain may be zero`() throws {
        let config = try read(
            "{version: 1, name: c, snapshots: {}, shutdown: {drain: 0s}, scenarios: {s: {task: none, load: {closed: {concurrency: 1, iterations: 1}}}}}"
        )
        #expect(config.snapshotInterval == .seconds(1))
        #expect(config.drain == .zero)
        #expect(config.labels.isEmpty)
    }

    @Test func `what is probably not meant is allowed, with a warning at its place`() throws {
        var reader = ConfigReader.forTests()
        let text = """
            version: 1
            name: c
            scenarios:
              s:
                task: {http: {url: http://h/, connections: 300, timeout: 1s, connect_timeout: 2s}}
                load: [{constant: {rate: 1/s, for: 1s}}]
                max_in_flight: 256
            """
        _ = try reader.read(Array(text.utf8), file: "c.yaml")
        #expect(
            reader.warnings.map(\.description) == [
                """
                c.yaml:5:48: warning: connections is above what can be in flight, 256, so the rest is never opened \
                — write "256"
                """,
                """
                c.yaml:5:83: warning: connect_timeout is above timeout, 1s, which ends it first \
                — write "1s", or a longer timeout
                """,
            ])
    }

    @Test func `TLS settings that have no effect get a warning`() throws {
        var reader = ConfigReader.forTests()
        let text = """
            version: 1
            name: c
            scenarios:
              plain:
                task: {http: {url: http://h/, tls: {ca_file: ca.pem}}}
                load: [{constant: {rate: 1/s, for: 1s}}]
              both:
                task: {http: {url: https://h/, tls: {ca_file: ca.pem, insecure: true}}}
                load: [{constant: {rate: 1/s, for: 1s}}]
            """
        _ = try reader.read(Array(text.utf8), file: "c.yaml")
        #expect(
            reader.warnings.map(\.description) == [
                "c.yaml:5:35: warning: tls has no effect without an https url — write https://, or leave it out",
                """
                c.yaml:8:42: warning: ca_file verifies nothing while insecure is true — leave one of the two out
                """,
            ])
    }
}
